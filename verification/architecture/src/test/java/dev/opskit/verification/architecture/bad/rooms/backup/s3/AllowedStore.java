package dev.opskit.verification.architecture.bad.rooms.backup.s3;

import dev.opskit.verification.architecture.bad.rooms.backup.AllowedBackup;
import software.amazon.awssdk.services.s3.S3Client;

public final class AllowedStore {
  Class<?> client = S3Client.class;
  AllowedBackup backup = new AllowedBackup();
}
