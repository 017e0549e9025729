package dev.opskit.backup.s3;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import dev.opskit.backup.ChecksummedStore;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Keeps backups in a bucket of Amazon S3, one object a blob.
 *
 * <p>An object is written by one conditional request ({@code If-None-Match: *}) with its SHA-256,
 * so S3 itself sees to it that a name is given once and that damaged bytes are refused. A store
 * that knows no conditional writes is refused or, if it ignores the condition, unsuitable: {@code
 * BackupStoreContract} in ops-testkit tells. Directory buckets are unsuitable, too, as they do not
 * list in order.
 *
 * <p>The client's user needs {@code s3:PutObject} and {@code s3:GetObject} on the objects below the
 * prefix and {@code s3:ListBucket} on the bucket, without which S3 does not tell an absent object
 * from a forbidden one; {@code s3:DeleteObject} only where something deletes. In a bucket with
 * versioning a deleted object is hidden and still paid for until a lifecycle rule removes it. In
 * one with Object Lock and a retention, by default or by {@link S3BackupStoreBuilder#objectLock},
 * nobody can remove a backup before its time, and nothing here tries to overwrite one.
 *
 * <p>It sets no storage class and no key of encryption: those of the bucket apply.
 *
 * <p>Thread-safe. The client with its time-outs and retries is the host's and is not closed here.
 */
public final class S3BackupStore implements BackupStore, ChecksummedStore {
  /** Each try is a round trip that somebody else's write has won. */
  private static final int TRIES = 8;

  private final S3Client client;
  private final S3Requests requests;

  S3BackupStore(S3Client client, S3Requests requests) {
    this.client = client;
    this.requests = requests;
  }

  /**
   * A store in a bucket. Nothing is connected to yet.
   *
   * @param client owned by the host; its time-outs bound each call
   * @param bucket an existing bucket
   * @param prefix the folder in it, of the form of a {@link BlobKey} of at most 511 characters;
   *     empty for the whole bucket
   * @return the store
   * @throws IllegalArgumentException if the bucket is blank or the prefix has another form
   */
  public static S3BackupStore of(S3Client client, String bucket, String prefix) {
    return builder(client, bucket, prefix).build();
  }

  /**
   * Starts a builder.
   *
   * @param client as for {@link #of}
   * @param bucket as for {@link #of}
   * @param prefix as for {@link #of}
   * @return a builder in which every option has a default
   */
  public static S3BackupStoreBuilder builder(S3Client client, String bucket, String prefix) {
    return new S3BackupStoreBuilder(client, bucket, prefix);
  }

  /**
   * Finds out what the endpoint can do, by writing two small objects below {@code probe/}, which it
   * removes again if it may. Worth a try once, when a bucket or an S3-compatible server is set up.
   *
   * @return what was seen
   * @throws BackupException if the bucket cannot be written to or read: refused if it never can be,
   *     saying what S3 says
   */
  public S3Capabilities probe() {
    try {
      return new EndpointProbe(client, requests).run();
    } catch (SdkException e) {
      throw S3Failures.of("probing the bucket " + requests.bucket(), e);
    }
  }

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    String what = "storing " + key;
    try {
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Optional<Boolean> answer = tryPut(key, blob);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    } catch (SdkException e) {
      throw S3Failures.of(what, e);
    }
    throw new BackupUnavailableException(
        what + " failed: " + TRIES + " times another write or deletion came in between");
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    String what = "opening " + key;
    try {
      return Optional.of(new ObjectStream(what, client.getObject(requests.get(key))));
    } catch (NoSuchKeyException absent) {
      return Optional.empty();
    } catch (SdkException e) {
      throw S3Failures.of(what, e);
    }
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    try {
      return new ObjectListing(client, requests).page(prefix, startAfter);
    } catch (SdkException e) {
      throw S3Failures.of("listing " + prefix, e);
    }
  }

  @Override
  public void delete(BlobKey key) {
    try {
      client.deleteObject(requests.delete(key));
    } catch (SdkException e) {
      throw S3Failures.of("deleting " + key, e);
    }
  }

  /**
   * The checksum with which S3 has checked the object when it was written.
   *
   * @param key its name
   * @return empty if there is no such object, or if the store behind the client keeps no checksums
   */
  @Override
  public Optional<String> sha256(BlobKey key) {
    try {
      return new ObjectContent(client, requests, key).sha256();
    } catch (SdkException e) {
      throw S3Failures.of("asking for " + key, e);
    }
  }

  /** Empty if it has to be tried again. */
  private Optional<Boolean> tryPut(BlobKey key, Blob blob) {
    try {
      client.putObject(
          requests.put(key, blob),
          RequestBody.fromContentProvider(
              () -> new BlobStream(blob), blob.sizeBytes(), S3Requests.CONTENT_TYPE));
      return Optional.of(true);
    } catch (S3Exception e) {
      if (S3Failures.isTaken(e)) {
        // Also when it was this very content whose success an earlier try did not hear of.
        return new ObjectContent(client, requests, key).equalTo(blob);
      }
      if (S3Failures.isConflict(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
