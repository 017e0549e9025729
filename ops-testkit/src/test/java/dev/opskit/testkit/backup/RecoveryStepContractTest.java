package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.backup.RecoveryStep;
import dev.opskit.testkit.ContractRun;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds each fault, and by the test that is about it. */
@Tag("once")
class RecoveryStepContractTest {
  private static @Nullable Supplier<RecoveryStep> subject;

  static final class OfTheSubject implements RecoveryStepContract {
    @Override
    public RecoveryStep step() {
      return Objects.requireNonNull(subject).get();
    }
  }

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements RecoveryStep {
    boolean done;

    @Override
    public String name() {
      return "warm-cache";
    }

    @Override
    public boolean isDone() throws Exception {
      return done;
    }

    @Override
    public void apply() throws Exception {
      done = true;
    }

    @Override
    public void undo() throws Exception {
      done = false;
    }
  }

  static final class BadName extends Good {
    @Override
    public String name() {
      return "Warm cache";
    }
  }

  static final class OtherName extends Good {
    @Override
    public String name() {
      return done ? "warmed" : "warm";
    }
  }

  static final class DoneFromTheStart extends Good {
    DoneFromTheStart() {
      done = true;
    }
  }

  static final class OnceOnly extends Good {
    @Override
    public void apply() throws Exception {
      if (done) {
        throw new IllegalStateException("done");
      }
      super.apply();
    }
  }

  static final class Toggles extends Good {
    @Override
    public void apply() {
      done = !done;
    }
  }

  static final class DoneByAsking extends Good {
    @Override
    public boolean isDone() {
      boolean before = done;
      done = true;
      return before;
    }
  }

  static final class TakenBackOnceOnly extends Good {
    @Override
    public void undo() throws Exception {
      if (!done) {
        throw new IllegalStateException("not done");
      }
      super.undo();
    }
  }

  static Stream<Arguments> brokenSteps() {
    return Stream.of(
        broken(BadName::new, "theNameIsWellFormedAndStaysTheSame"),
        broken(OtherName::new, "theNameIsWellFormedAndStaysTheSame"),
        broken(DoneFromTheStart::new, "itIsNotDoneBeforeItWasApplied"),
        broken(OnceOnly::new, "applyingItAgainIsHarmless"),
        broken(Toggles::new, "applyingItAgainIsHarmless"),
        broken(DoneByAsking::new, "askingWhetherItIsDoneDoesNothing"),
        broken(TakenBackOnceOnly::new, "takingBackWhatWasNotAppliedIsHarmless"));
  }

  private static Arguments broken(Supplier<RecoveryStep> step, String test) {
    return Arguments.of(step.get().getClass().getSimpleName(), step, test);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenSteps")
  void rejects(String fault, Supplier<RecoveryStep> broken, String test) {
    subject = broken;
    ContractRun.assertRejects(OfTheSubject.class, test);
  }

  @Test
  void acceptsAStepWithoutFault() {
    subject = Good::new;
    assertEquals(List.of(), ContractRun.failures(OfTheSubject.class));
  }
}
