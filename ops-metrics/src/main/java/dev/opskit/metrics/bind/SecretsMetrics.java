package dev.opskit.metrics.bind;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.time.TimeSource;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretEvent;
import dev.opskit.secrets.SecretRef;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a service as metrics, by {@code secret} (its id) and {@code stage}: {@code
 * ops_secrets_loads_total} counts new versions, {@code ops_secrets_failures_total} when there was
 * no value to serve, {@code ops_secrets_stale_serves_total} when an old one had to do; {@code
 * ops_secrets_version_age_seconds} is how long ago the version was first seen here, NaN before, and
 * {@code ops_secrets_stale_age_seconds} how old a value was when it had to do, 0 once a new version
 * came or nothing stale was served for 15 min. No meter holds a value. Thread-safe; whoever binds
 * it closes it, which ends the counting.
 *
 * <p>Needs {@code ops-secrets} on the class path.
 */
public final class SecretsMetrics implements AutoCloseable {
  static final MeterSpec FAILURES =
      MeterSpec.counter("ops.secrets.failures", "Times that there was no value to serve.");
  static final MeterSpec STALE_SERVES =
      MeterSpec.counter("ops.secrets.stale.serves", "Times that an old value had to do.");
  static final MeterSpec LOADS =
      MeterSpec.counter("ops.secrets.loads", "Versions that were loaded.");
  private static final MeterSpec VERSION_AGE =
      MeterSpec.gauge(
          "ops.secrets.version.age", "seconds", "How long ago the version was first seen.");
  private static final MeterSpec STALE_AGE =
      MeterSpec.gauge(
          "ops.secrets.stale.age", "seconds", "How old the value is that has to do; 0 if none.");
  private static final long STALE_FOR_NANOS = TimeUnit.MINUTES.toNanos(15);

  private final MeterRegistry registry;
  private final TimeSource time;
  private final Map<SecretRef, Watch> watched = new ConcurrentHashMap<>();
  private Subscription subscription = () -> {};

  private record Stale(Duration age, long atNanos) {}

  private final class Watch {
    private final String[] tags;
    private volatile @Nullable Long loadedNanos;
    private volatile @Nullable Stale stale;

    private Watch(SecretRef ref) {
      String stage = ref.stage().name().toLowerCase(Locale.ROOT);
      tags = new String[] {"secret", ref.id(), "stage", stage};
      LOADS.count(registry, tags);
      FAILURES.count(registry, tags);
      STALE_SERVES.count(registry, tags);
      VERSION_AGE.show(registry, this::versionAge, tags);
      STALE_AGE.show(registry, this::staleAge, tags);
    }

    private double versionAge() {
      Long loaded = loadedNanos;
      return loaded == null ? Double.NaN : (time.nanoTime() - loaded) / 1e9;
    }

    private double staleAge() {
      Stale last = stale;
      return last == null || time.nanoTime() - last.atNanos() > STALE_FOR_NANOS
          ? 0
          : last.age().toMillis() / 1e3;
    }
  }

  SecretsMetrics(MeterRegistry registry, TimeSource time) {
    this.registry = registry;
    this.time = time;
  }

  /**
   * Registers the meters.
   *
   * @param secrets stays the caller's to close
   * @param metrics where to
   * @param known secrets whose meters exist from the start, so that a first failure can be seen to
   *     be one; those of others come with their first event
   * @return close it before the secrets
   */
  public static SecretsMetrics bind(OpsSecrets secrets, OpsMetrics metrics, SecretRef... known) {
    SecretsMetrics bound = new SecretsMetrics(metrics.registry(), TimeSource.system());
    for (SecretRef ref : known) {
      bound.watch(ref);
    }
    bound.subscription = secrets.onEvent(bound::accept);
    return bound;
  }

  /** Kinds that are not named here change no meter. */
  void accept(SecretEvent event) {
    Watch watch = watch(event.ref());
    if (event instanceof SecretEvent.Loaded) {
      watch.loadedNanos = time.nanoTime();
      watch.stale = null;
      LOADS.count(registry, watch.tags).increment();
    } else if (event instanceof SecretEvent.ServedStale served) {
      watch.stale = new Stale(served.age(), time.nanoTime());
      STALE_SERVES.count(registry, watch.tags).increment();
    } else if (event instanceof SecretEvent.Failed) {
      FAILURES.count(registry, watch.tags).increment();
    }
  }

  private Watch watch(SecretRef ref) {
    return watched.computeIfAbsent(ref, Watch::new);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
