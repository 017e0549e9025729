package dev.opskit.backup;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports a service as degraded when the newest backup that {@linkplain MarkedBackup#counts()
 * counts} is too old or when there is none: one that was never verified, or is suspect, damaged or
 * quarantined, saves nobody. It never reports it as down: a service without a fresh backup still
 * serves. While the store cannot be read and nothing fresh is known, the result is unknown.
 *
 * <p>The store is asked at most once a minute, and every five while the backup that is known is
 * fresh enough. Thread-safe; nothing to close.
 */
public final class BackupFreshnessCheck implements HealthCheck {
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  /** Somebody may quarantine it. */
  private static final Duration ASK_AGAIN_WHEN_FRESH = Duration.ofMinutes(5);

  private record Answer(Optional<BackupRecord> latest, long askedAtNanos) {}

  private final BackupCatalog catalog;
  private final TimeSource time;
  private final Duration maxAge;
  private volatile @Nullable Answer answer;

  private BackupFreshnessCheck(BackupCatalog catalog, TimeSource time, Duration maxAge) {
    this.catalog = catalog;
    this.time = time;
    this.maxAge = maxAge;
  }

  /**
   * A check over a service's catalog and clock.
   *
   * @param backups whose newest backup is looked at
   * @param maxAge how old its start may be: the interval between backups plus the longest time one
   *     takes with its verification plus some grace; positive
   * @return the check, to be registered with the health engine
   */
  public static BackupFreshnessCheck of(BackupService backups, Duration maxAge) {
    Objects.requireNonNull(backups, "backups");
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("maxAge is " + maxAge + ", must be positive");
    }
    return new BackupFreshnessCheck(backups.catalog(), backups.time(), maxAge);
  }

  @Override
  public HealthResult check(CheckContext context) {
    Optional<BackupRecord> latest;
    try {
      latest = latest();
    } catch (BackupException e) {
      return HealthResult.unknown(
          HealthCause.FAILED, "the catalog is unreadable: " + e.getMessage());
    }
    if (latest.isEmpty()) {
      return HealthResult.degraded(
          HealthCause.OVERDUE, "there is no backup that counts: verify one");
    }
    Duration age = age(latest.get());
    HealthResult result =
        age.compareTo(maxAge) <= 0
            ? HealthResult.up()
            : HealthResult.degraded(
                HealthCause.OVERDUE,
                "the newest backup that counts is %s old, at most %s is allowed"
                    .formatted(age, maxAge));
    return result.with("backup", latest.get().id()).with("ageSeconds", age.toSeconds());
  }

  @Override
  public DependencyScope scope() {
    return DependencyScope.SHARED;
  }

  private Optional<BackupRecord> latest() {
    Answer known = answer;
    boolean fresh = known != null && isFresh(known.latest());
    if (known != null && isRecent(known, fresh ? ASK_AGAIN_WHEN_FRESH : ASK_AGAIN)) {
      return known.latest();
    }
    Optional<BackupRecord> latest;
    try {
      latest = catalog.latestRestorable();
    } catch (BackupException e) {
      if (known == null || !fresh) {
        throw e;
      }
      latest = known.latest();
    }
    answer = new Answer(latest, time.nanoTime());
    return latest;
  }

  private boolean isFresh(Optional<BackupRecord> latest) {
    return latest.isPresent() && age(latest.get()).compareTo(maxAge) <= 0;
  }

  private boolean isRecent(Answer known, Duration patience) {
    return time.nanoTime() - known.askedAtNanos() < patience.toNanos();
  }

  private Duration age(BackupRecord record) {
    Duration age = Duration.between(record.startedAt(), time.now());
    return age.isNegative() ? Duration.ZERO : age.truncatedTo(ChronoUnit.SECONDS);
  }
}
