package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.opskit.backup.BackupStrategy;
import dev.opskit.testkit.ContractRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds each fault, and by the tests that are about it. */
@Tag("once")
class BackupStrategyContractTest {
  private static @Nullable Supplier<FramedStrategy> subject;

  static final class OfTheSubject implements BackupStrategyContract {
    private final FramedStrategy strategy = Objects.requireNonNull(subject).get();
    private int fresh;

    @Override
    public BackupStrategy strategy() {
      return strategy;
    }

    @Override
    public String sourceFingerprint() {
      return strategy.lines.toString();
    }

    @Override
    public Optional<String> targetFingerprint(String target) {
      return Optional.ofNullable(strategy.targets.get(target)).map(List::toString);
    }

    @Override
    public String freshTarget() {
      return "target-" + ++fresh;
    }

    @Override
    public String existingTarget() {
      strategy.targets.put("existing", new ArrayList<>(List.of("something else")));
      return "existing";
    }
  }

  @ParameterizedTest
  @MethodSource("brokenStrategies")
  void rejects(String fault, Supplier<FramedStrategy> broken, String[] byTests) {
    subject = broken;
    ContractRun.assertRejects(OfTheSubject.class, byTests);
  }

  @Test
  void acceptsAStrategyWithoutFault() {
    subject = FramedStrategy::new;
    assertEquals(List.of(), ContractRun.failures(OfTheSubject.class));
  }

  static Stream<Arguments> brokenStrategies() {
    return Stream.of(
        broken(BrokenStrategies.HasAnIllFormedFormat::new, "theFormatIsWellFormedAndConstant"),
        broken(BrokenStrategies.ChangesItsFormat::new, "theFormatIsWellFormedAndConstant"),
        broken(BrokenStrategies.ForgetsTheLastLine::new, "whatWasDumpedIsUnderstoodAndRestored"),
        broken(
            BrokenStrategies.LeavesTheStreamOpen::new, "everyStreamIsClosedAndTheFactsAreComplete"),
        broken(
            BrokenStrategies.InspectsTheBeginningOnly::new,
            "aTruncatedDumpIsRejected",
            "whatReadingThrowsIsPassedOnAndNothingOfTheTargetRemains"),
        broken(
            BrokenStrategies.InspectsIntoTheNextTarget::new,
            "inspectingCreatesNothingThatIsInTheWayOfARestore"),
        broken(BrokenStrategies.TakesAnythingForADump::new, "aDumpOfSomethingElseIsRejected"),
        broken(
            BrokenStrategies.LeavesHalfATarget::new,
            "aTruncatedDumpIsRejected",
            "anInterruptEndsARestoreAndNothingOfTheTargetRemains"),
        broken(BrokenStrategies.ReplacesTheTarget::new, "anExistingTargetIsRefusedAndStaysAsItIs"),
        broken(
            BrokenStrategies.RefusesAfterReplacing::new, "anExistingTargetIsRefusedAndStaysAsItIs"),
        broken(BrokenStrategies.WrapsWhatWritingThrows::new, "whatWritingThrowsIsPassedOn"),
        broken(BrokenStrategies.SwallowsWhatClosingThrows::new, "whatWritingThrowsIsPassedOn"),
        broken(
            BrokenStrategies.WrapsWhatReadingThrows::new,
            "whatReadingThrowsIsPassedOnAndNothingOfTheTargetRemains"),
        broken(
            BrokenStrategies.IgnoresInterrupts::new,
            "anInterruptEndsADump",
            "anInterruptEndsARestoreAndNothingOfTheTargetRemains"),
        broken(
            BrokenStrategies.LosesInterrupts::new,
            "anInterruptEndsADump",
            "anInterruptEndsARestoreAndNothingOfTheTargetRemains"));
  }

  private static Arguments broken(Supplier<FramedStrategy> strategy, String... byTests) {
    return arguments(strategy.get().getClass().getSimpleName(), strategy, byTests);
  }
}
