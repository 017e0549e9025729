package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class HealthCheckContractTest {
  private static final String SECRET = "correct-horse-battery";

  static class Good implements HealthCheckContract {
    @Override
    public HealthCheck working() {
      return context -> HealthResult.up().with("free", 3).with("ratio", 0.5);
    }

    @Override
    public HealthCheck broken() {
      return context -> {
        throw new IllegalStateException(SECRET);
      };
    }

    @Override
    public List<String> secrets() {
      return List.of(SECRET);
    }

    @Override
    public Duration timeout() {
      return Duration.ofMillis(50);
    }
  }

  static final class AnswersNull extends Good {
    @Override
    @SuppressWarnings("NullAway")
    public HealthCheck working() {
      return context -> null;
    }
  }

  static final class SaysUpOfWhatIsBroken extends Good {
    @Override
    public HealthCheck broken() {
      return context -> HealthResult.up();
    }
  }

  static final class SaysDownWithoutCause extends Good {
    @Override
    public HealthCheck broken() {
      return context -> new HealthResult(HealthStatus.DOWN, null, "no", Map.of());
    }
  }

  static final class KeepsAConnectionOfEachRun extends Good {
    @Override
    public HealthCheck working() {
      int[] pool = {10};
      return context -> {
        if (pool[0]-- == 0) {
          throw new IllegalStateException("the pool is empty");
        }
        return HealthResult.up();
      };
    }
  }

  static final class HangsOnWhatIsBroken extends Good {
    @Override
    public HealthCheck broken() {
      return context -> {
        new CountDownLatch(1).await();
        return HealthResult.up();
      };
    }
  }

  static final class TakesNoTimeLeftForEver extends Good {
    @Override
    public HealthCheck working() {
      return context -> {
        if (context.remaining().isZero()) {
          new CountDownLatch(1).await();
        }
        return HealthResult.up();
      };
    }
  }

  static final class TellsWhatIsNoNumber extends Good {
    @Override
    public HealthCheck working() {
      return context -> HealthResult.up().with("ratio", 0.0 / 0);
    }
  }

  static final class NamesNothing extends Good {
    @Override
    public HealthCheck working() {
      return context -> HealthResult.up().with(" ", 1);
    }
  }

  static final class TellsItsSecret extends Good {
    @Override
    public HealthCheck broken() {
      return context -> HealthResult.down(HealthCause.AUTH, "not " + SECRET);
    }
  }

  static final class TellsARegisteredSecret extends Good {
    @Override
    public HealthCheck working() {
      return context -> HealthResult.up().with("url", "registered-battery");
    }
  }

  static final class ChangesItsScope extends Good {
    @Override
    public HealthCheck working() {
      return new HealthCheck() {
        private boolean shared;

        @Override
        public HealthResult check(CheckContext context) {
          return HealthResult.up();
        }

        @Override
        public DependencyScope scope() {
          shared = !shared;
          return shared ? DependencyScope.SHARED : DependencyScope.LOCAL;
        }
      };
    }
  }

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneThatAnswersNullIsRejected() {
    assertEquals(
        List.of(
            "detailsAreWhatJsonCanSay",
            "itComesToAnEndAlsoWhenNoTimeIsLeft",
            "itIsRunAgainAndAgain",
            "noSecretIsTold",
            "whatWorksIsUp"),
        failures(AnswersNull.class));
  }

  @Test
  void oneThatIsWrongAboutWhatIsBrokenIsRejected() {
    assertEquals(List.of("whatIsBrokenIsNeverUp"), failures(SaysUpOfWhatIsBroken.class));
    assertEquals(List.of("whatIsBrokenIsNeverUp"), failures(SaysDownWithoutCause.class));
  }

  @Test
  void oneThatKeepsWhatItBorrowsIsRejected() {
    assertEquals(List.of("itIsRunAgainAndAgain"), failures(KeepsAConnectionOfEachRun.class));
  }

  @Test
  void oneThatHangsIsRejected() {
    assertEquals(
        List.of("detailsAreWhatJsonCanSay", "noSecretIsTold", "whatIsBrokenIsNeverUp"),
        failures(HangsOnWhatIsBroken.class));
    assertEquals(
        List.of("itComesToAnEndAlsoWhenNoTimeIsLeft"), failures(TakesNoTimeLeftForEver.class));
  }

  @Test
  void detailsThatNobodyCanReadAreRejected() {
    assertEquals(List.of("detailsAreWhatJsonCanSay"), failures(TellsWhatIsNoNumber.class));
    assertEquals(List.of("detailsAreWhatJsonCanSay"), failures(NamesNothing.class));
  }

  @Test
  void oneThatTellsASecretIsRejected() {
    assertEquals(List.of("noSecretIsTold"), failures(TellsItsSecret.class));
    byte[] registered = "registered-battery".getBytes(StandardCharsets.UTF_8);
    try (Subscription registration = SensitiveValues.shared().register(registered)) {
      assertEquals(List.of("noSecretIsTold"), failures(TellsARegisteredSecret.class));
    }
  }

  @Test
  void oneWhoseScopeChangesIsRejected() {
    assertEquals(List.of("itKnowsWhomAFailureAffects"), failures(ChangesItsScope.class));
  }
}
