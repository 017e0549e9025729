package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class RequestObserverContractTest {

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements RequestObserverContract, RequestObserver {
    @Override
    public RequestObserver observer() {
      return this;
    }

    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {}
  }

  static final class KnowsOnlyAFewMethods extends Good {
    private enum Method {
      GET,
      POST
    }

    @Override
    public void started(RequestInfo request) {
      Method.valueOf(request.method());
    }
  }

  static final class ParsesThePath extends Good {
    @Override
    public void started(RequestInfo request) {
      java.net.URI.create(request.path());
    }
  }

  static final class NeedsARoute extends Good {
    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {
      Map.of("route", outcome.route());
    }
  }

  static final class CountsKnownStatuses extends Good {
    private final long[] counts = new long[600];

    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {
      counts[outcome.status()]++;
    }
  }

  static final class ReadsTheFailure extends Good {
    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {
      if (outcome.failure() != null) {
        outcome.failure().getMessage();
      }
    }
  }

  static final class Blocks extends Good {
    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(80));
    }
  }

  static final class IsNotThreadSafe extends Good {
    private final OneAtATime state = new OneAtATime();

    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {
      state.use();
    }
  }

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneThatExpectsOrdinaryRequestsIsRejected() {
    List<String> requestLine = List.of("takesWhateverTheRequestLineSays");
    assertEquals(requestLine, failures(KnowsOnlyAFewMethods.class));
    assertEquals(requestLine, failures(ParsesThePath.class));
    assertEquals(
        List.of("takesARequestThatMatchedNoRoute", "takesWhateverTheRequestLineSays"),
        failures(NeedsARoute.class));
  }

  @Test
  void oneThatExpectsOrdinaryOutcomesIsRejected() {
    assertEquals(List.of("takesEveryStatusLengthAndDuration"), failures(CountsKnownStatuses.class));
    assertEquals(List.of("takesWhateverAHandlerThrows"), failures(ReadsTheFailure.class));
  }

  @Test
  void oneThatHoldsRequestsUpIsRejected() {
    assertEquals(List.of("doesNotHoldTheRequestUp"), failures(Blocks.class));
  }

  @Test
  void oneThatIsNotThreadSafeIsRejected() {
    assertEquals(List.of("isToldOfManyRequestsAtTheSameTime"), failures(IsNotThreadSafe.class));
  }
}
