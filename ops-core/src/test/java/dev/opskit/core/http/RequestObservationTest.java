package dev.opskit.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestObservationTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final List<String> told = new ArrayList<>();
  private final RequestInfo request =
      new RequestInfo("GET", "/orders/1", null, CorrelationContext.create());

  @Test
  void observersAreToldOfTheBeginningAndOnceOfTheEndInTheirOrder() {
    RequestObservation observation =
        RequestObservation.begin(List.of(observer("a", null), observer("b", null)), request, time);
    time.advance(Duration.ofMillis(42));
    Exception failure = new Exception("expected");
    observation.end("/orders/{id}", 503, 7, failure);
    observation.end(null, 200, -1, null);
    String end =
        " finished " + new RequestOutcome("/orders/{id}", 503, Duration.ofMillis(42), 7, failure);
    assertEquals(List.of("a started", "b started", "a" + end, "b" + end), told);
  }

  @Test
  void anObserverThatThrowsAnythingStopsNobody() {
    List<RequestObserver> observers =
        List.of(
            observer("a", new IllegalStateException("expected")),
            observer("b", new StackOverflowError("expected")),
            observer("c", null));
    RequestObservation.begin(observers, request, time).end(null, 200, -1, null);
    assertEquals(6, told.size(), told::toString);
    assertEquals("c started", told.get(2));
  }

  private RequestObserver observer(String name, @Nullable Throwable thrown) {
    return new RequestObserver() {
      @Override
      public void started(RequestInfo info) {
        tell(info, " started");
      }

      @Override
      public void finished(RequestInfo info, RequestOutcome outcome) {
        tell(info, " finished " + outcome);
      }

      private void tell(RequestInfo info, String what) {
        assertSame(request, info);
        told.add(name + what);
        if (thrown instanceof RuntimeException e) {
          throw e;
        } else if (thrown instanceof Error e) {
          throw e;
        }
      }
    };
  }
}
