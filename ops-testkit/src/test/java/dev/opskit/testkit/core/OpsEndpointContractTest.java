package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class OpsEndpointContractTest {

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements OpsEndpointContract, OpsEndpoint {
    @Override
    public OpsEndpoint endpoint() {
      return this;
    }

    @Override
    public OpsResponse handle(OpsRequest request) throws Exception {
      return switch (request.method()) {
        case "GET", "HEAD" -> get(request);
        default -> other();
      };
    }

    OpsResponse get(OpsRequest request) throws Exception {
      request.queryParameter("name");
      return OpsResponse.text(200, "fine");
    }

    OpsResponse other() {
      return OpsResponse.methodNotAllowed("GET, HEAD");
    }
  }

  static final class AnswersNull extends Good {
    @Override
    @SuppressWarnings("NullAway")
    OpsResponse get(OpsRequest request) {
      return null;
    }
  }

  static final class SaysNoType extends Good {
    @Override
    OpsResponse get(OpsRequest request) {
      return new OpsResponse(200, Map.of(), new byte[1]);
    }
  }

  static final class Hangs extends Good {
    @Override
    public OpsResponse handle(OpsRequest request) throws Exception {
      if (request.method().equals("GET")) {
        new CountDownLatch(1).await();
      }
      return other();
    }
  }

  static final class DoesNotKnowHead extends Good {
    @Override
    public OpsResponse handle(OpsRequest request) throws Exception {
      return request.method().equals("GET") ? get(request) : other();
    }
  }

  static final class LeavesTheBodyOfHeadOut extends Good {
    @Override
    OpsResponse get(OpsRequest request) {
      return OpsResponse.text(200, request.method().equals("HEAD") ? "" : "fine");
    }
  }

  static final class AnswersEveryMethod extends Good {
    @Override
    OpsResponse other() {
      return OpsResponse.text(200, "fine");
    }
  }

  static final class SaysNotWhatIsAllowed extends Good {
    @Override
    OpsResponse other() {
      return OpsResponse.error(405, "no");
    }
  }

  static final class AllowsLess extends Good {
    @Override
    OpsResponse other() {
      return OpsResponse.methodNotAllowed("GET");
    }
  }

  static final class ShowsAStackTrace extends Good {
    @Override
    OpsResponse get(OpsRequest request) {
      try {
        request.queryParameter("name");
        return OpsResponse.text(200, "fine");
      } catch (IllegalArgumentException e) {
        return OpsResponse.error(400, e + "\n\tat " + e.getStackTrace()[0]);
      }
    }
  }

  static final class PassesHeadersOn extends Good {
    @Override
    OpsResponse get(OpsRequest request) {
      String accept = request.header("accept");
      return OpsResponse.text(200, "fine").with("Vary", accept == null ? "*" : accept);
    }
  }

  static final class BreaksOnABadQuery extends Good {
    @Override
    OpsResponse get(OpsRequest request) {
      return "%".equals(request.query())
          ? OpsResponse.error(500, "broken")
          : OpsResponse.text(200, "fine");
    }
  }

  static final class ThrowsAtABadQuery extends Good {
    @Override
    OpsResponse get(OpsRequest request) throws Exception {
      if (request.query() != null) {
        throw new IllegalStateException("what is this?");
      }
      return super.get(request);
    }
  }

  static final class IsNotThreadSafe extends Good {
    private final OneAtATime state = new OneAtATime();

    @Override
    OpsResponse get(OpsRequest request) throws Exception {
      state.use();
      return super.get(request);
    }
  }

  private static final String GET = "getIsAnsweredAndSaysItsType";
  private static final String HEAD = "headIsAnsweredLikeGet";
  private static final String METHOD = "anyOtherMethodIs405WithAllow";
  private static final String HOSTILE = "hostileRequestsNeitherBreakItNorShowTheInside";
  private static final String THREADS = "manyThreadsAskAtTheSameTime";

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneThatAnswersNullIsRejected() {
    assertEquals(List.of(GET, HEAD, HOSTILE, THREADS), failures(AnswersNull.class));
  }

  @Test
  void oneThatSaysNoTypeIsRejected() {
    assertEquals(List.of(GET), failures(SaysNoType.class));
  }

  @Test
  void oneThatTreatsHeadOtherwiseThanGetIsRejected() {
    assertEquals(List.of(HEAD), failures(DoesNotKnowHead.class));
    assertEquals(List.of(HEAD), failures(LeavesTheBodyOfHeadOut.class));
  }

  @Test
  void oneThatDoesNotRefuseOtherMethodsAsItShouldIsRejected() {
    assertEquals(List.of(METHOD), failures(AnswersEveryMethod.class));
    assertEquals(List.of(METHOD), failures(SaysNotWhatIsAllowed.class));
    assertEquals(List.of(METHOD), failures(AllowsLess.class));
  }

  @Test
  void oneThatShowsOrRepeatsTooMuchIsRejected() {
    assertEquals(List.of(HOSTILE), failures(ShowsAStackTrace.class));
    assertEquals(List.of(HOSTILE), failures(PassesHeadersOn.class));
  }

  @Test
  void oneThatAClientCanBreakIsRejected() {
    assertEquals(List.of(HOSTILE), failures(BreaksOnABadQuery.class));
    assertEquals(List.of(HOSTILE), failures(ThrowsAtABadQuery.class));
  }

  @Test
  void oneThatIsNotThreadSafeIsRejected() {
    assertEquals(List.of(THREADS), failures(IsNotThreadSafe.class));
  }

  @Test
  void oneThatHangsIsRejected() {
    assertEquals(List.of(GET, HEAD, HOSTILE, THREADS), failures(Hangs.class));
  }
}
