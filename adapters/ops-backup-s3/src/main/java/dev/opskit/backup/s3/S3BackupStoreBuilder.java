package dev.opskit.backup.s3;

import dev.opskit.backup.BlobKey;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/** Collects the options of an {@link S3BackupStore}. Confined to one thread. */
public final class S3BackupStoreBuilder {
  /** S3 allows 1024 bytes for prefix, slash and the longest key. */
  private static final int MAX_PREFIX = 511;

  private static final Duration MIN_RETENTION = Duration.ofDays(1);
  private static final Duration MAX_RETENTION = Duration.ofDays(36_500);

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private @Nullable ObjectLockMode lockMode;
  private Duration retention = MIN_RETENTION;
  private TimeSource time = TimeSource.system();

  S3BackupStoreBuilder(S3Client client, String bucket, String prefix) {
    this.client = Objects.requireNonNull(client, "client");
    this.bucket = Objects.requireNonNull(bucket, "bucket");
    this.prefix = Objects.requireNonNull(prefix, "prefix");
  }

  /**
   * Locks every object when it is written: until its time nobody can destroy it, with {@link
   * ObjectLockMode#COMPLIANCE} not even the owner of the account. The bucket must have Object Lock
   * and so versions; the user needs {@code s3:PutObjectRetention}. What is deleted before its time
   * is hidden from the catalog, and its version stays until a lifecycle rule may remove it.
   *
   * @param mode governance or compliance
   * @param retention from the moment of writing, by the clock of this process; 1 day to 36,500
   *     days, and no shorter than the days of the retention policy; default: none, so that only the
   *     bucket's own default applies
   * @return this
   */
  public S3BackupStoreBuilder objectLock(ObjectLockMode mode, Duration retention) {
    this.lockMode = Objects.requireNonNull(mode, "mode");
    this.retention = Objects.requireNonNull(retention, "retention");
    return this;
  }

  /**
   * The clock.
   *
   * @param time default: the system's
   * @return this
   */
  public S3BackupStoreBuilder time(TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Builds the store. Nothing is connected to yet.
   *
   * @return the store
   * @throws IllegalArgumentException if an option is bad, naming it
   */
  public S3BackupStore build() {
    if (bucket.isBlank()) {
      throw new IllegalArgumentException("bucket is blank");
    }
    if (prefix.length() > MAX_PREFIX) {
      throw new IllegalArgumentException(
          "prefix has %d characters, at most %d are allowed"
              .formatted(prefix.length(), MAX_PREFIX));
    }
    String folder = prefix.isEmpty() ? "" : new BlobKey(prefix).value() + "/";
    return new S3BackupStore(client, new S3Requests(bucket, folder, lock()));
  }

  private @Nullable ObjectLock lock() {
    if (lockMode == null) {
      return null;
    }
    if (lockMode == ObjectLockMode.UNKNOWN_TO_SDK_VERSION) {
      throw new IllegalArgumentException(
          "objectLock: mode is " + lockMode + ", must be GOVERNANCE or COMPLIANCE");
    }
    if (retention.compareTo(MIN_RETENTION) < 0 || retention.compareTo(MAX_RETENTION) > 0) {
      throw new IllegalArgumentException(
          "objectLock: retention is " + retention + ", must be 1 day to 36,500 days");
    }
    return new ObjectLock(lockMode, retention, time);
  }
}
