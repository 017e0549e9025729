package dev.opskit.verification.benchmarks.secrets;

import com.amazonaws.secretsmanager.caching.SecretCache;
import com.amazonaws.secretsmanager.caching.SecretCacheConfiguration;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.core.time.TimeSource;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import dev.opskit.secrets.SteppedSecrets;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A fleet of a thousand services with twenty secrets each, for one day on which one secret in
 * thirty is rotated: how often the store is called, and how long a new version takes to be read.
 *
 * <p>opskit runs a day by a clock that is turned, in steps of a second: thirty services, one of
 * them on the day of its rotation. AWS's cache has the system's clock, so that its time is
 * compressed: one service is run for forty TTLs of 100 ms. Both are extrapolated to the fleet.
 * Takes about a minute and calls nobody.
 */
public final class SecretsFleet {
  private static final int SERVICES = 1_000;
  private static final int SECRETS = 20;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int DAYS_BETWEEN_ROTATIONS = 30;
  private static final TimeSource TIME = TimeSource.system();

  private final int simulated;
  private final PrintStream out;

  SecretsFleet(int simulated, PrintStream out) {
    this.simulated = simulated;
    this.out = out;
  }

  /**
   * What a day costs.
   *
   * @param calls of the whole fleet
   * @param pickUp the longest time from a rotation until the new version was read
   */
  record Day(long calls, Duration pickUp) {}

  /**
   * Prints a row for each setting.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    new SecretsFleet(30, System.out).run();
  }

  void run() {
    out.println("| library | TTL | calls a day | longest time to a new version |");
    out.println("|---|---|---|---|");
    for (Duration ttl : List.of(Duration.ofMinutes(5), Duration.ofHours(1))) {
      row("opskit", ttl, opskit(ttl));
    }
    for (Duration ttl :
        List.of(Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofHours(1))) {
      row("aws-secretsmanager-caching-java", ttl, awsCache(ttl));
    }
  }

  private void row(String library, Duration ttl, Day day) {
    out.printf(
        Locale.ROOT,
        "| %s | %s | %,d | %,.0f s |%n",
        library,
        ttl,
        day.calls,
        day.pickUp.toMillis() / 1e3);
  }

  Day opskit(Duration ttl) {
    long calls = 0;
    Duration longest = Duration.ZERO;
    for (int service = 0; service < simulated; service++) {
      Day day = opskitService(ttl, service % DAYS_BETWEEN_ROTATIONS == 0);
      calls += day.calls;
      longest = longest.compareTo(day.pickUp) > 0 ? longest : day.pickUp;
    }
    return new Day(calls * SERVICES / simulated, longest);
  }

  /** All of its secrets are rotated on this day, or none. */
  private static Day opskitService(Duration ttl, boolean rotated) {
    Store store = new Store();
    for (int i = 0; i < SECRETS; i++) {
      store.put("s" + i, "1", "a-first-value-" + i);
    }
    ManualTimeSource time = new ManualTimeSource();
    Instant start = time.now();
    Instant rotation = start.plus(rotated ? DAY.dividedBy(2) : DAY.multipliedBy(15));
    List<RotatingSecret<SecretValue>> handles = new ArrayList<>();
    Duration longest = Duration.ZERO;
    try (OpsSecrets secrets =
        SteppedSecrets.of(
            OpsSecrets.builder()
                .provider(new StoreProvider(store, () -> Optional.of(rotation)))
                .ttl(ttl)
                .time(time)
                .executor(Runnable::run)
                .sensitive(new SensitiveValues())
                .leakCheck(false))) {
      for (int i = 0; i < SECRETS; i++) {
        handles.add(secrets.rotating(SecretRef.of("s" + i), SecretType.value()));
      }
      for (Instant now = start; now.isBefore(start.plus(DAY)); now = time.now()) {
        if (now.equals(rotation)) {
          for (int i = 0; i < SECRETS; i++) {
            store.put("s" + i, "2", "a-second-value-" + i);
          }
        }
        SteppedSecrets.step(secrets);
        Duration since = Duration.between(rotation, now);
        if (!since.isNegative()
            && handles.stream().anyMatch(handle -> handle.snapshot().version().equals("1"))) {
          longest = since.plus(STEP);
        }
        time.advance(STEP);
      }
    }
    return new Day(store.calls.sum(), longest);
  }

  Day awsCache(Duration ttl) {
    long shrunkNanos = Duration.ofMillis(100).toNanos();
    int ttls = 40;
    Store store = new Store();
    for (int i = 0; i < SECRETS; i++) {
      store.put("s" + i, "1", "a-first-value-" + i);
    }
    long longest = 0;
    long begin = TIME.nanoTime();
    long rotatedAt = begin + ttls / 2 * shrunkNanos;
    boolean rotated = false;
    long end = begin + ttls * shrunkNanos;
    try (SecretCache cache =
        new SecretCache(
            new SecretCacheConfiguration()
                .withClient(new StoreClient(store))
                .withCacheItemTTL(shrunkNanos / 1_000_000))) {
      for (long now = begin; now < end; now = TIME.nanoTime()) {
        if (!rotated && now >= rotatedAt) {
          rotated = true;
          rotatedAt = now;
          for (int i = 0; i < SECRETS; i++) {
            store.put("s" + i, "2", "a-second-value-" + i);
          }
        }
        for (int i = 0; i < SECRETS; i++) {
          boolean old = cache.getSecretString("s" + i).contains("first");
          longest = rotated && old ? Math.max(longest, TIME.nanoTime() - rotatedAt) : longest;
        }
        LockSupport.parkNanos(200_000);
      }
    }
    // Less the reading of the new versions, which happens on one day of thirty.
    double perSecretAndTtl = (store.calls.sum() - 2.0 * SECRETS) / SECRETS / ttls;
    double ttlsADay = (double) DAY.toNanos() / ttl.toNanos();
    double perSecret = perSecretAndTtl * ttlsADay + 1 + 1.0 / DAYS_BETWEEN_ROTATIONS;
    Duration pickUp = Duration.ofNanos((long) ((double) longest / shrunkNanos * ttl.toNanos()));
    return new Day((long) (perSecret * SECRETS * SERVICES), pickUp);
  }
}
