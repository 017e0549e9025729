package dev.opskit.metrics.bind;

import dev.opskit.core.time.TimeSource;
import dev.opskit.health.CheckReport;
import dev.opskit.health.HealthReport;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One look at the health for all the gauges of a scrape: each of them is asked by itself, and to
 * make a report for each would cost the square of the number of checks. Thread-safe; scrapes at the
 * same time may look twice.
 */
final class HealthSnapshots {
  /** Longer than a scrape takes, shorter than anybody's interval between two. */
  private static final long LIFE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Supplier<HealthReport> health;
  private final TimeSource time;
  private volatile @Nullable Snapshot last;

  record Snapshot(boolean available, Map<String, CheckReport> checks, long atNanos) {
    @Nullable CheckReport check(String name) {
      return checks.get(name);
    }
  }

  HealthSnapshots(Supplier<HealthReport> health, TimeSource time) {
    this.health = health;
    this.time = time;
  }

  Snapshot current() {
    Snapshot known = last;
    long now = time.nanoTime();
    if (known != null && now - known.atNanos() < LIFE_NANOS) {
      return known;
    }
    HealthReport report = health.get();
    Map<String, CheckReport> checks =
        report.checks().stream()
            .collect(Collectors.toUnmodifiableMap(CheckReport::name, Function.identity()));
    Snapshot fresh = new Snapshot(report.available(), checks, now);
    last = fresh;
    return fresh;
  }
}
