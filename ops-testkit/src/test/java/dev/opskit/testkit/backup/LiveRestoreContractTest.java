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
class LiveRestoreContractTest {
  private static @Nullable Supplier<FramedStrategy> subject;

  static final class OfTheSubject implements LiveRestoreContract {
    private final FramedStrategy strategy = Objects.requireNonNull(subject).get();
    private int fresh;

    @Override
    public BackupStrategy strategy() {
      return strategy;
    }

    @Override
    public String sourceFingerprint() {
      return targetFingerprint(live()).orElseGet(strategy.lines::toString);
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

    @Override
    public String live() {
      return SwappingFrames.LIVE;
    }

    @Override
    public void change(String target) {
      strategy.targets.get(target).add("one more");
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
    subject = SwappingFrames::new;
    assertEquals(List.of(), ContractRun.failures(OfTheSubject.class));
  }

  static Stream<Arguments> brokenStrategies() {
    return Stream.of(
        broken(SwappingFrames.NeverDiffers::new, "whatWasChangedDiffers"),
        broken(SwappingFrames.AlwaysDiffers::new, "whatWasRestoredAsItWasDoesNotDiffer"),
        broken(SwappingFrames.KeepsTheScratch::new, "whatIsThereForAWhileIsGoneAfterIt"),
        broken(
            SwappingFrames.CopiesInsteadOfSwapping::new,
            "whatIsSwappedInIsLiveAndWhatWasLiveIsKept"),
        broken(SwappingFrames.DropsWhatWasLive::new, "whatIsSwappedInIsLiveAndWhatWasLiveIsKept"),
        broken(SwappingFrames.ForgetsThePoint::new, "whatIsSwappedInIsLiveAndWhatWasLiveIsKept"),
        broken(SwappingFrames.ListsTheOldestFirst::new, "aRestorePointCanBeMadeLiveAgainAndAgain"),
        broken(
            SwappingFrames.DropsAllPoints::new, "aRestorePointThatWasDroppedIsGoneAndNothingElse"),
        broken(SwappingFrames.SwapsNothingIn::new, "whatIsNotThereIsNotSwappedIn"),
        broken(
            SwappingFrames.EmptiesBeforeItReads::new, "inPlaceNothingHasChangedWhenReadingFails"),
        broken(SwappingFrames.AddsInPlace::new, "inPlaceTheContentIsThatOfTheBackup"),
        broken(SwappingFrames.CreatesWhatIsThere::new, "globalsThatAreThereAreLeftAlone"),
        broken(SwappingFrames.ChangesWhatNeedsGlobals::new, "globalsThatAreThereAreLeftAlone"),
        broken(
            SwappingFrames.SeesProblemsEverywhere::new,
            "lookingBeforehandFindsNothingWhereNothingIsInTheWayAndChangesNothing"),
        broken(
            SwappingFrames.ChangesWhileItLooks::new,
            "lookingBeforehandFindsNothingWhereNothingIsInTheWayAndChangesNothing"));
  }

  private static Arguments broken(Supplier<FramedStrategy> strategy, String... byTests) {
    return arguments(strategy.get().getClass().getSimpleName(), strategy, byTests);
  }
}
