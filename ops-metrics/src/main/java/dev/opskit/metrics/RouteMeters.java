package dev.opskit.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.noop.NoopCounter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one route and method. A status gets its counter when it first occurs, 500 at once:
 * a counter that appears with its first failure hides it from {@code increase()}. Thread-safe; two
 * threads that need the same meter get the same one from the registry.
 */
final class RouteMeters {
  private final MeterRegistry registry;
  private final String route;
  private final String method;
  private final Timer duration;
  private final AtomicReferenceArray<@Nullable Counter> counters =
      new AtomicReferenceArray<>(HttpLabels.statuses());

  RouteMeters(MeterRegistry registry, List<Duration> buckets, String route, String method) {
    this.registry = registry;
    this.route = route;
    this.method = method;
    this.duration =
        Timer.builder("http.request.duration")
            .description("How long HTTP requests took.")
            .serviceLevelObjectives(buckets.toArray(Duration[]::new))
            .tag("method", method)
            .tag("route", route)
            .register(registry);
    counter(HttpLabels.status(500));
  }

  void record(int status, long nanos) {
    counter(status).increment();
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** How many were recorded. */
  double finished() {
    double sum = 0;
    for (int i = 0; i < counters.length(); i++) {
      Counter counter = counters.get(i);
      sum += counter == null ? 0 : counter.count();
    }
    return sum;
  }

  private Counter counter(int status) {
    Counter counter = counters.get(status);
    if (counter == null) {
      counter = counting(newCounter(HttpLabels.statusName(status)));
      Counter sooner = counters.compareAndExchange(status, null, counter);
      return sooner == null ? counter : sooner;
    }
    return counter;
  }

  private Counter newCounter(String status) {
    return Counter.builder("http.requests")
        .description("HTTP requests that were answered.")
        .tag("method", method)
        .tag("route", route)
        .tag("status_code", status)
        .register(registry);
  }

  /** What a filter of the host keeps out of the registry is counted all the same. */
  private static Counter counting(Counter counter) {
    return counter instanceof NoopCounter ? new CumulativeCounter(counter.getId()) : counter;
  }
}
