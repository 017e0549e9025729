package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.FileKeyProvider;
import dev.opskit.backup.VerificationLevel;
import dev.opskit.backup.files.FolderBackup;
import dev.opskit.backup.s3.S3BackupStore;
import dev.opskit.backup.s3.S3Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/** What a backup makes of S3 beyond putting and getting, over HTTP. */
@Timeout(180)
class S3BackupIT {
  @TempDir Path folder;

  private final S3Client client = S3Mock.shared().client();
  private final String prefix = S3Mock.freshPrefix();

  @BeforeEach
  void fill() throws IOException {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    Files.createDirectory(folder.resolve("data"));
    Files.write(folder.resolve("data/file"), bytes);
    Files.writeString(folder.resolve("k1"), "0f".repeat(32));
  }

  @Test
  void theProbeSeesWhatTheEndpointCan() {
    S3BackupStore store = S3BackupStore.of(client, S3Mock.BUCKET, prefix);

    assertEquals(new S3Capabilities(true, true, true, true), store.probe());
    assertTrue(store.list("", "").isEmpty(), "the probe has left something");
  }

  @Test
  void checksumsThatTheStoreTellsFindAnObjectThatWasReplaced() {
    BackupStore store = S3BackupStore.of(client, S3Mock.BUCKET, prefix);
    try (BackupService backups = service(store)) {
      String id = backups.backupNow().id();
      backups.verify(id, VerificationLevel.CHECKSUMS);
      BlobInfo chunk = store.list("v1/files/chunks/", "").get(0);
      client.putObject(
          b -> b.bucket(S3Mock.BUCKET).key(prefix + "/" + chunk.key()).checksumAlgorithm("SHA256"),
          RequestBody.fromBytes(new byte[(int) chunk.sizeBytes()]));

      backups.verify(id, VerificationLevel.EXISTS);
      assertThrows(
          BackupCorruptException.class, () -> backups.verify(id, VerificationLevel.CHECKSUMS));
    }
  }

  @Test
  void anEncryptedBackupComesBackFromS3() throws IOException {
    try (BackupService backups = service(S3BackupStore.of(client, S3Mock.BUCKET, prefix))) {
      BackupRecord record = backups.backupNow();
      backups.verify(record.id());
      Path target = folder.resolve("target");
      backups.restoreInto(record.id(), target.toString());

      assertEquals(-1, Files.mismatch(folder.resolve("data/file"), target.resolve("file")));
    }
  }

  /** This server keeps no retention that comes with a put, so it cannot show that it holds. */
  @Test
  void aBucketWithObjectLockTakesWhatIsToBeLocked() {
    String bucket = "locked-" + prefix.substring(prefix.indexOf('/') + 1);
    client.createBucket(b -> b.bucket(bucket).objectLockEnabledForBucket(true));
    BackupStore store =
        S3BackupStore.builder(client, bucket, "prod")
            .objectLock(ObjectLockMode.COMPLIANCE, Duration.ofDays(30))
            .build();
    try (BackupService backups = service(store)) {
      String id = backups.backupNow().id();
      backups.verify(id, VerificationLevel.CHECKSUMS);
      backups.verify(id);
    }
  }

  private BackupService service(BackupStore store) {
    return BackupService.builder("files")
        .strategy(FolderBackup.of(folder.resolve("data")))
        .store(store)
        .encryption(FileKeyProvider.of(folder, "k1"))
        .build();
  }
}
