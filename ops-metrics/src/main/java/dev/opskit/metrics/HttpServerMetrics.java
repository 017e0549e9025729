package dev.opskit.metrics;

import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts every request exactly once, whatever was asked for: an unknown method, route or status
 * falls into {@code _other} of its label alone, so totals stay exact and the number of time series
 * is bounded by routes × methods × statuses. A meter is resolved at its first use and found by
 * index afterwards.
 */
final class HttpServerMetrics implements RequestObserver {
  private static final String OTHER = "_other";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", OTHER);
  private static final int STATUSES = 601;
  private static final Duration[] BUCKETS =
      Stream.of(100, 300, 500, 700, 1_000, 3_000, 5_000, 7_000, 10_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final List<String> routes;
  private final Map<String, Integer> routeIndex = new HashMap<>();
  private final AtomicReferenceArray<@Nullable Counter> counters;
  private final AtomicReferenceArray<@Nullable Timer> timers;
  private final AtomicInteger active = new AtomicInteger();

  HttpServerMetrics(MeterRegistry registry, RouteTemplates routes) {
    this.registry = registry;
    this.routes = Stream.concat(routes.templates().stream(), Stream.of(OTHER)).toList();
    for (int i = 0; i < this.routes.size(); i++) {
      routeIndex.put(this.routes.get(i), i);
    }
    int pairs = this.routes.size() * METHODS.size();
    this.timers = new AtomicReferenceArray<>(pairs);
    this.counters = new AtomicReferenceArray<>(pairs * STATUSES);
    Gauge.builder("active.connections", active, AtomicInteger::get)
        .description("Requests that are being handled.")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void started(RequestInfo request) {
    active.incrementAndGet();
  }

  @Override
  public void finished(RequestInfo request, RequestOutcome outcome) {
    active.decrementAndGet();
    int route = routeIndex.getOrDefault(outcome.route() == null ? OTHER : outcome.route(), other());
    int pair = route * METHODS.size() + method(request.method());
    int status = outcome.status() >= 100 && outcome.status() < STATUSES ? outcome.status() : 0;
    counter(pair, status).increment();
    timer(pair).record(outcome.duration());
  }

  private int other() {
    return routes.size() - 1;
  }

  private static int method(String method) {
    int index = METHODS.indexOf(method);
    return index < 0 ? METHODS.size() - 1 : index;
  }

  private Counter counter(int pair, int status) {
    int index = pair * STATUSES + status;
    Counter counter = counters.get(index);
    if (counter == null) {
      counter =
          Counter.builder("http.requests")
              .description("HTTP requests that were answered.")
              .tag("method", METHODS.get(pair % METHODS.size()))
              .tag("route", routes.get(pair / METHODS.size()))
              .tag("status_code", status == 0 ? OTHER : Integer.toString(status))
              .register(registry);
      counters.set(index, counter);
    }
    return counter;
  }

  private Timer timer(int pair) {
    Timer timer = timers.get(pair);
    if (timer == null) {
      timer =
          Timer.builder("http.request.duration")
              .description("How long HTTP requests took.")
              .serviceLevelObjectives(BUCKETS)
              .tag("method", METHODS.get(pair % METHODS.size()))
              .tag("route", routes.get(pair / METHODS.size()))
              .register(registry);
      timers.set(pair, timer);
    }
    return timer;
  }
}
