package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import dev.opskit.backup.s3.S3BackupStore;
import dev.opskit.testkit.backup.BackupStoreContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

@Timeout(180)
class S3BackupStoreIT implements BackupStoreContract {
  private final S3Client client = S3Mock.shared().client();
  private final String prefix = S3Mock.freshPrefix();

  @Override
  public BackupStore emptyStore() {
    return S3BackupStore.of(client, S3Mock.BUCKET, prefix);
  }

  @Override
  public BackupStore another(BackupStore store) {
    return S3BackupStore.of(client, S3Mock.BUCKET, prefix);
  }

  @Test
  void theServerKeepsTheChecksumAndTheNameBehindThePrefix() {
    emptyStore().putIfAbsent(new BlobKey("a/b"), Blob.of(new byte[3]));

    HeadObjectResponse head =
        client.headObject(
            b -> b.bucket(S3Mock.BUCKET).key(prefix + "/a/b").checksumMode("ENABLED"));
    assertEquals("cJ6AyISHokEeHuTfufIqhhSS0gxHZRUMDHlKvXD4FHw=", head.checksumSHA256());
  }

  @Test
  void whatOthersPutBesideItIsNotListed() {
    client.putObject(b -> b.bucket(S3Mock.BUCKET).key(prefix + "/not a key"), RequestBody.empty());
    client.putObject(b -> b.bucket(S3Mock.BUCKET).key(prefix + "-2/a"), RequestBody.empty());

    assertTrue(emptyStore().list("", "").isEmpty());
  }

  @Test
  void aBucketThatIsNotThereIsRefused() {
    BackupStore store = S3BackupStore.of(client, "no-such-bucket", "");
    BlobKey key = new BlobKey("a");
    assertThrows(BackupRefusedException.class, () -> store.putIfAbsent(key, Blob.of(new byte[3])));
    assertThrows(BackupRefusedException.class, () -> store.list("", ""));
  }
}
