package dev.opskit.metrics.bind;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.time.TimeSource;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretEvent;
import dev.opskit.secrets.SecretRef;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a service as metrics, by {@code secret} (its id) and {@code stage}. Counted are
 * {@code ops_secrets_loads_total} for new versions, {@code ops_secrets_failures_total} when there
 * was no value to serve, {@code ops_secrets_stale_serves_total} when an old one had to do, and
 * {@code ops_secrets_expired_total}, {@code …_rejected_total}, {@code …_bridged_total}, {@code
 * …_revealed_total} and {@code …_leaked_total} for the {@link SecretEvent} of that name. {@code
 * ops_secrets_call_duration_seconds} is a summary of the calls to the store by {@code call} (fetch,
 * describe) and {@code outcome} (ok, or what was thrown). {@code ops_secrets_version_age_seconds}
 * is how long ago the version was first seen here, NaN before, and {@code
 * ops_secrets_stale_age_seconds} how old a value was when it had to do, 0 once a new version came
 * or nothing stale was served for 15 min. No meter holds a value. Thread-safe; whoever binds it
 * closes it, which ends the counting.
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
  private static final Map<Class<? extends SecretEvent>, MeterSpec> COUNTED =
      Map.of(
          SecretEvent.Loaded.class,
          LOADS,
          SecretEvent.ServedStale.class,
          STALE_SERVES,
          SecretEvent.Failed.class,
          FAILURES,
          SecretEvent.Expired.class,
          MeterSpec.counter("ops.secrets.expired", "Values that became too old to be served."),
          SecretEvent.Rejected.class,
          MeterSpec.counter(
              "ops.secrets.rejected", "Versions that were refused where they are used."),
          SecretEvent.Bridged.class,
          MeterSpec.counter("ops.secrets.bridged", "Times that the pending version was used."),
          SecretEvent.Revealed.class,
          MeterSpec.counter("ops.secrets.revealed", "Times that a String was made of it."),
          SecretEvent.Leaked.class,
          MeterSpec.counter("ops.secrets.leaked", "Places where it is readable from outside."));
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
      COUNTED.values().forEach(counted -> counted.count(registry, tags));
      VERSION_AGE.show(registry, this::versionAge, tags);
      STALE_AGE.show(registry, this::staleAge, tags);
    }

    private Timer calls(SecretEvent.Asked asked) {
      return Timer.builder("ops.secrets.call.duration")
          .description("Calls to the store.")
          .tags(tags)
          .tags("call", asked.call(), "outcome", asked.outcome().toLowerCase(Locale.ROOT))
          .register(registry);
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
    } else if (event instanceof SecretEvent.ServedStale served) {
      watch.stale = new Stale(served.age(), time.nanoTime());
    } else if (event instanceof SecretEvent.Asked asked) {
      watch.calls(asked).record(asked.took());
    }
    MeterSpec counted = COUNTED.get(event.getClass());
    if (counted != null) {
      counted.count(registry, watch.tags).increment();
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
