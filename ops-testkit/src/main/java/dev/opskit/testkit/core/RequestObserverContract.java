package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link RequestObserver} keeps to. Implement it in a JUnit test class; each test asks
 * for the observer once and tells it of each request as an adapter does: begin, then end.
 */
@Timeout(60)
public interface RequestObserverContract {

  /**
   * The observer.
   *
   * @return ready to be told of requests
   */
  RequestObserver observer();

  @Test
  default void takesWhateverTheRequestLineSays() {
    RequestObserver observer = observer();
    String[] hostile = {
      "",
      " ",
      "get",
      "BREW",
      "\r\nX: y",
      "\u0000",
      "\ud800",
      "{}",
      "%",
      "${jndi:x}",
      "x".repeat(70_000)
    };
    for (String text : hostile) {
      tell(observer, info(text, "/orders", null), outcome("/orders", 200, null));
      tell(observer, info("GET", text, null), outcome(null, 404, null));
      tell(observer, info("GET", "/orders", text), outcome(text, 200, null));
    }
  }

  @Test
  default void takesARequestThatMatchedNoRoute() {
    tell(observer(), info("GET", "/nothing", null), outcome(null, 404, null));
  }

  @Test
  default void takesEveryStatusLengthAndDuration() {
    RequestObserver observer = observer();
    for (int status : new int[] {Integer.MIN_VALUE, -1, 0, 99, 100, 204, 599, 600, 1_000_000}) {
      tell(observer, info("GET", "/orders", null), outcome("/orders", status, null));
    }
    Duration[] durations = {Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(365)};
    for (Duration duration : durations) {
      for (long bytes : new long[] {-1, 0, Long.MAX_VALUE}) {
        tell(
            observer,
            info("GET", "/orders", null),
            new RequestOutcome("/orders", 200, duration, bytes, null));
      }
    }
  }

  @Test
  default void takesWhateverAHandlerThrows() {
    RequestObserver observer = observer();
    Throwable[] failures = {
      new IllegalStateException(), new StackOverflowError("deep"), new Unreadable()
    };
    for (Throwable failure : failures) {
      tell(observer, info("GET", "/orders", null), outcome("/orders", 500, failure));
    }
  }

  @Test
  default void doesNotHoldTheRequestUp() {
    RequestObserver observer = observer();
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 100; i++) {
            tell(observer, info("GET", "/orders", null), outcome("/orders", 200, null));
          }
        },
        "100 requests");
  }

  @Test
  default void isToldOfManyRequestsAtTheSameTime() throws InterruptedException {
    RequestObserver observer = observer();
    Crowd.act(
        number -> {
          for (int i = 0; i < 50; i++) {
            tell(observer, info("GET", "/orders", null), outcome("/orders", 200 + number, null));
          }
        });
  }

  private static void tell(RequestObserver observer, RequestInfo request, RequestOutcome outcome) {
    try {
      observer.started(request);
      observer.finished(request, outcome);
    } catch (Throwable t) {
      fail("threw " + t.getClass().getName() + " at " + cut(request) + ", " + cut(outcome), t);
    }
  }

  private static RequestInfo info(String method, String path, @Nullable String userAgent) {
    return new RequestInfo(method, path, userAgent, CorrelationContext.of("contract"));
  }

  private static RequestOutcome outcome(
      @Nullable String route, int status, @Nullable Throwable failure) {
    return new RequestOutcome(route, status, Duration.ofMillis(3), 12, failure);
  }

  private static String cut(Object record) {
    String text = record.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
