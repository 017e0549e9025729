package dev.opskit.verification.architecture.bad.rooms.secrets;

import software.amazon.awssdk.services.s3.S3Client;

final class KnowsTheCloud {
  Class<?> client = S3Client.class;
}
