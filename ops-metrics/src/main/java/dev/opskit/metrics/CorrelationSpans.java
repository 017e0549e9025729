package dev.opskit.metrics;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.TraceParent;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells the Prometheus client what to put into exemplars: the trace that came in, if it is sampled,
 * else the correlation id, by which the log lines of that request are found. Thread-safe; asked
 * only when an exemplar is due, some times a second at most.
 */
final class CorrelationSpans implements SpanContext {
  private static final int SPAN_ID_LENGTH = 16;

  /** An exemplar's labels have 128 characters together; a longer set is refused by the scraper. */
  private static final int MAX_TRACE_ID = 128 - "trace_id".length() - "span_id".length() - 16;

  private final ThreadLocal<@Nullable CorrelationContext> entered = new ThreadLocal<>();

  /** For a request that ends outside of its scope, without the garbage of opening one. */
  void enter(CorrelationContext context) {
    entered.set(context);
  }

  void leave() {
    entered.set(null);
  }

  private @Nullable CorrelationContext context() {
    CorrelationContext context = entered.get();
    return context == null ? CorrelationContext.current() : context;
  }

  @Override
  public @Nullable String getCurrentTraceId() {
    CorrelationContext context = context();
    if (context == null) {
      return null;
    }
    TraceParent parent = sampled(context);
    String id = parent == null ? context.id() : parent.traceId();
    return id.length() > MAX_TRACE_ID ? null : id;
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    CorrelationContext context = context();
    if (context == null) {
      return null;
    }
    TraceParent parent = sampled(context);
    return parent == null ? context.requestId().substring(0, SPAN_ID_LENGTH) : parent.parentId();
  }

  /** A trace that is not sampled is stored nowhere: a link to it would lead nowhere. */
  private static @Nullable TraceParent sampled(CorrelationContext context) {
    TraceParent parent = context.traceParent();
    return parent == null || (parent.flags() & 1) == 0 ? null : parent;
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return context() != null;
  }

  @Override
  public void markCurrentSpanAsExemplar() {}
}
