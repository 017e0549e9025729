package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what an adapter tells, and in which order with the handler. Thread-safe. */
final class Told implements RequestObserver {
  /** The end of a request, and the context that was current when it was told. */
  record End(RequestInfo request, RequestOutcome outcome, @Nullable CorrelationContext current) {}

  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final List<End> ends = Collections.synchronizedList(new ArrayList<>());
  private final List<@Nullable CorrelationContext> handled =
      Collections.synchronizedList(new ArrayList<>());

  @Override
  public void started(RequestInfo request) {
    order.add("started");
  }

  void handling() {
    order.add("handled");
    handled.add(CorrelationContext.current());
  }

  @Override
  public void finished(RequestInfo request, RequestOutcome outcome) {
    order.add("finished");
    ends.add(new End(request, outcome, CorrelationContext.current()));
  }

  List<String> order() {
    return List.copyOf(order);
  }

  List<@Nullable CorrelationContext> handled() {
    return handled;
  }

  List<End> ends() {
    return List.copyOf(ends);
  }

  End only() {
    assertEquals(1, ends.size(), "how often the end of the request was told");
    return ends.get(0);
  }

  /** To be thrown: a handler declares no more than an IOException. */
  static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }
}
