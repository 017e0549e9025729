package dev.opskit.core.correlation;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came in with a request and is passed on as it is. */
record Incoming(
    @Nullable TraceParent traceParent,
    @Nullable String traceState,
    @Nullable String baggage,
    int rejectedIds) {
  static final Incoming NOTHING = new Incoming(null, null, null, 0);

  static Incoming of(Function<String, @Nullable String> header) {
    TraceParent parent = TraceParent.parse(trimmed(header.apply(TraceParent.HEADER)));
    // A state without its parent says nothing.
    String state = parent == null ? null : TraceState.accept(header.apply(TraceState.HEADER));
    String baggage = Baggage.accept(header.apply(Baggage.HEADER));
    int rejected =
        rejected(header.apply(CorrelationIds.HEADER))
            + rejected(header.apply(CorrelationIds.REQUEST_HEADER));
    return parent == null && state == null && baggage == null && rejected == 0
        ? NOTHING
        : new Incoming(parent, state, baggage, rejected);
  }

  String acceptedId(Function<String, @Nullable String> header) {
    String id = header.apply(CorrelationIds.HEADER);
    if (id != null && CorrelationIds.isValid(id)) {
      return id;
    }
    id = header.apply(CorrelationIds.REQUEST_HEADER);
    if (id != null && CorrelationIds.isValid(id)) {
      return id;
    }
    return traceParent == null ? CorrelationIds.random() : traceParent.traceId();
  }

  private static int rejected(@Nullable String id) {
    return id == null || CorrelationIds.isValid(id) ? 0 : 1;
  }

  /** Servers differ in what they leave of the white space around a value. */
  private static @Nullable String trimmed(@Nullable String header) {
    return header == null ? null : HeaderList.trimmed(header);
  }
}
