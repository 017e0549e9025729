package dev.opskit.metrics;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts every request exactly once, whatever was asked for. The number of time series is bounded
 * by routes × methods × statuses. A meter is resolved at its first use and found by index
 * afterwards.
 */
final class HttpServerMetrics implements RequestObserver {
  private final MeterRegistry registry;
  private final @Nullable CorrelationSpans spans;
  private final HttpLabels labels;
  private final List<Duration> buckets;
  private final AtomicReferenceArray<@Nullable RouteMeters> pairs;
  private final LongAdder started = new LongAdder();
  private final Folding folding;

  HttpServerMetrics(
      MeterRegistry registry,
      @Nullable CorrelationSpans spans,
      HttpLabels labels,
      List<Duration> buckets) {
    this.registry = registry;
    this.spans = spans;
    this.labels = labels;
    this.buckets = buckets;
    this.pairs = new AtomicReferenceArray<>(labels.routes() * HttpLabels.methods());
    this.folding = new Folding(registry);
    Gauge.builder("active.connections", this, HttpServerMetrics::active)
        .description("Requests that are being handled.")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void started(RequestInfo request) {
    started.increment();
  }

  @Override
  public void finished(RequestInfo request, RequestOutcome outcome) {
    CorrelationContext context = request.correlation();
    if (spans == null || CorrelationContext.current() == context) {
      record(request.method(), outcome);
      return;
    }
    spans.enter(context);
    try {
      record(request.method(), outcome);
    } finally {
      spans.leave();
    }
  }

  private void record(String requested, RequestOutcome outcome) {
    int route = labels.route(outcome.route());
    int method = HttpLabels.method(requested);
    int status = HttpLabels.status(outcome.status());
    folding.count(route, method, status);
    meters(route, method).record(status, Math.max(0, outcome.duration().toNanos()));
  }

  private RouteMeters meters(int route, int method) {
    int index = route * HttpLabels.methods() + method;
    RouteMeters meters = pairs.get(index);
    if (meters == null) {
      meters =
          new RouteMeters(
              registry, buckets, labels.routeName(route), HttpLabels.methodName(method));
      RouteMeters sooner = pairs.compareAndExchange(index, null, meters);
      return sooner == null ? meters : sooner;
    }
    return meters;
  }

  /**
   * What has begun without what was counted at its end, so that a request costs one step less. The
   * sums are no snapshot: they may hold an end without its beginning.
   */
  private double active() {
    double finished = 0;
    for (int i = 0; i < pairs.length(); i++) {
      RouteMeters meters = pairs.get(i);
      finished += meters == null ? 0 : meters.finished();
    }
    return Math.max(0, started.sum() - finished);
  }
}
