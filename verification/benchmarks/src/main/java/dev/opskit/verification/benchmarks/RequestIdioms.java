package dev.opskit.verification.benchmarks;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.metrics.Amount;
import dev.opskit.metrics.OpsMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The same request recorded in the ways that services use: a counter by method, route and status,
 * and a timer with nine buckets by method and route. What opskit does beside that is part of its
 * record: requests that are being handled, what was folded, and exemplars.
 */
final class RequestIdioms {
  static final String ROUTE = "/orders/{id}";
  static final int STATUS = 201;
  static final long NANOS = 123_456_789;

  private static final Duration[] BUCKETS =
      Stream.of(100, 300, 500, 700, 1_000, 3_000, 5_000, 7_000, 10_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final RequestObserver http = metrics.http(RouteTemplates.of("/orders", ROUTE));
  private final CorrelationContext context = CorrelationContext.create();
  private final RequestInfo request = new RequestInfo("POST", "/orders/17", null, context);
  private final RequestOutcome outcome =
      new RequestOutcome(ROUTE, STATUS, Duration.ofNanos(NANOS), -1, null);

  private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer timer = timerByBuilder();
  private final Counter counter = counterByBuilder();

  private final Amount amount = metrics.amount("payment_amount_dollars", "Payments.").register();
  private final DistributionSummary summary =
      DistributionSummary.builder("payments")
          .serviceLevelObjectives(1, 5, 10, 25, 50, 100, 250, 500, 1_000)
          .register(registry);

  RequestIdioms() {
    // What a request finds; the registry looks meters up only once they are there.
    opskit();
    byLookup();
  }

  MeterRegistry registry() {
    return registry;
  }

  MeterRegistry opskitRegistry() {
    return metrics.registry();
  }

  CorrelationContext context() {
    return context;
  }

  /** What a server adapter tells, at the beginning and at the end. */
  void opskit() {
    http.started(request);
    http.finished(request, outcome);
  }

  void byBuilder() {
    counterByBuilder().increment();
    timerByBuilder().record(NANOS, TimeUnit.NANOSECONDS);
  }

  void byLookup() {
    registry
        .counter(
            "http.requests",
            "method",
            request.method(),
            "route",
            ROUTE,
            "status_code",
            Integer.toString(STATUS))
        .increment();
    registry
        .timer("http.request.duration", "method", request.method(), "route", ROUTE)
        .record(NANOS, TimeUnit.NANOSECONDS);
  }

  /** As frameworks do: a sample, stopped into a timer that is looked up; it reads the clock. */
  void bySample() {
    Timer.Sample sample = Timer.start(registry);
    registry
        .counter(
            "http.requests",
            "method",
            request.method(),
            "route",
            ROUTE,
            "status_code",
            Integer.toString(STATUS))
        .increment();
    sample.stop(
        registry.timer(
            "http.request.duration", Tags.of("method", request.method(), "route", ROUTE)));
  }

  /** The floor: both meters kept, for this one route, method and status. */
  void resolvedBefore() {
    counter.increment();
    timer.record(NANOS, TimeUnit.NANOSECONDS);
  }

  void amount(BigDecimal value) {
    amount.record(value);
  }

  void summary(BigDecimal value) {
    summary.record(value.doubleValue());
  }

  private Counter counterByBuilder() {
    return Counter.builder("http.requests")
        .description("HTTP requests that were answered.")
        .tag("method", request.method())
        .tag("route", ROUTE)
        .tag("status_code", Integer.toString(STATUS))
        .register(registry);
  }

  private Timer timerByBuilder() {
    return Timer.builder("http.request.duration")
        .description("How long HTTP requests took.")
        .serviceLevelObjectives(BUCKETS)
        .tag("method", request.method())
        .tag("route", ROUTE)
        .register(registry);
  }
}
