package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class MaintenanceModeContractTest {

  /** Correct as it stands; each broken one changes one thing. */
  static class Mode implements MaintenanceMode {
    final TimeSource time;
    volatile @Nullable MaintenanceWindow window;

    Mode(TimeSource time) {
      this.time = time;
    }

    boolean isOver(MaintenanceWindow candidate) {
      return !candidate.until().isAfter(time.now());
    }

    @Override
    public void enter(MaintenanceWindow next) {
      if (isOver(next)) {
        throw new IllegalArgumentException("over");
      }
      window = next;
    }

    @Override
    public void leave() {
      window = null;
    }

    @Override
    public Optional<MaintenanceWindow> current() {
      return Optional.ofNullable(window).filter(w -> !isOver(w));
    }
  }

  static class Good implements MaintenanceModeContract {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time);
    }
  }

  static final class IsOnAtFirst extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      Mode mode = new Mode(time);
      mode.enter(new MaintenanceWindow("x", "y", time.now().plus(Duration.ofDays(1))));
      return mode;
    }
  }

  static final class CannotBeLeft extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        @Override
        public void leave() {}
      };
    }
  }

  static final class NeverEnds extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        @Override
        public Optional<MaintenanceWindow> current() {
          return Optional.ofNullable(window);
        }
      };
    }
  }

  static final class HasAClockOfItsOwn extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(new ManualTimeSource());
    }
  }

  static final class KeepsTheLongerWindow extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        @Override
        public synchronized void enter(MaintenanceWindow next) {
          MaintenanceWindow open = current().orElse(next);
          super.enter(!isOver(next) && next.until().isBefore(open.until()) ? open : next);
        }
      };
    }
  }

  static final class ComesBackToTheWindowBefore extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        private final ConcurrentLinkedDeque<MaintenanceWindow> open = new ConcurrentLinkedDeque<>();

        @Override
        public void enter(MaintenanceWindow next) {
          super.enter(next);
          open.push(next);
        }

        @Override
        public void leave() {
          open.clear();
        }

        @Override
        public Optional<MaintenanceWindow> current() {
          return open.stream().filter(w -> !isOver(w)).findFirst();
        }
      };
    }
  }

  static final class TakesAWindowThatIsOver extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        @Override
        public void enter(MaintenanceWindow next) {
          window = next;
        }
      };
    }
  }

  static final class LeavesWhenItRefuses extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        @Override
        public void enter(MaintenanceWindow next) {
          window = null;
          super.enter(next);
        }
      };
    }
  }

  static final class IsLeftOnlyOnce extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        @Override
        public void leave() {
          if (window == null) {
            throw new IllegalStateException("not in maintenance");
          }
          super.leave();
        }
      };
    }
  }

  static final class IsEnteredOnlyOnce extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      return new Mode(time) {
        @Override
        public void enter(MaintenanceWindow next) {
          MaintenanceWindow before = window;
          if (before != null && isOver(before)) {
            throw new IllegalStateException("leave first");
          }
          super.enter(next);
        }
      };
    }
  }

  static final class IsNotThreadSafe extends Good {
    @Override
    public MaintenanceMode mode(TimeSource time) {
      OneAtATime state = new OneAtATime();
      return new Mode(time) {
        @Override
        public void enter(MaintenanceWindow next) {
          state.use();
          super.enter(next);
        }
      };
    }
  }

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneThatIsOnWithoutReasonIsRejected() {
    assertEquals(List.of("isOffUntilItIsEntered"), failures(IsOnAtFirst.class));
    assertEquals(
        List.of("isOnUntilItIsLeft", "leavingTwiceHasNoEffect", "manyThreadsMaySwitchIt"),
        failures(CannotBeLeft.class));
  }

  @Test
  void oneThatDoesNotEndIsRejected() {
    List<String> endless = List.of("endsByItself", "theLatestWindowCountsAlsoIfItIsTheShorterOne");
    assertEquals(endless, failures(NeverEnds.class));
    assertEquals(endless, failures(HasAClockOfItsOwn.class));
  }

  @Test
  void oneThatDoesNotReplaceIsRejected() {
    List<String> keeps = List.of("theLatestWindowCountsAlsoIfItIsTheShorterOne");
    assertEquals(keeps, failures(KeepsTheLongerWindow.class));
    assertEquals(keeps, failures(ComesBackToTheWindowBefore.class));
  }

  @Test
  void oneThatTakesWhatIsOverIsRejected() {
    List<String> takes = List.of("aWindowThatIsOverIsRefusedAndChangesNothing");
    assertEquals(takes, failures(TakesAWindowThatIsOver.class));
    assertEquals(takes, failures(LeavesWhenItRefuses.class));
  }

  @Test
  void oneThatCountsCallsIsRejected() {
    // Many threads may be in luck with it.
    List<String> once = failures(IsLeftOnlyOnce.class);
    assertTrue(once.contains("leavingTwiceHasNoEffect"), once.toString());
    assertEquals(List.of("canBeEnteredAgainAfterItEnded"), failures(IsEnteredOnlyOnce.class));
  }

  @Test
  void oneThatIsNotThreadSafeIsRejected() {
    assertEquals(List.of("manyThreadsMaySwitchIt"), failures(IsNotThreadSafe.class));
  }
}
