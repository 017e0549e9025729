package dev.opskit.backup.s3;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** For how long nobody may remove what is written. */
record ObjectLock(ObjectLockMode mode, Duration retention, TimeSource time) {

  void apply(PutObjectRequest.Builder put) {
    put.objectLockMode(mode).objectLockRetainUntilDate(time.now().plus(retention));
  }
}
