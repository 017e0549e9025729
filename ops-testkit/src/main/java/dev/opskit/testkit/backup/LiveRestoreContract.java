package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.GlobalsStrategy;
import dev.opskit.backup.InPlaceStrategy;
import dev.opskit.backup.PreflightStrategy;
import dev.opskit.backup.RestorePoint;
import dev.opskit.backup.Scratch;
import dev.opskit.backup.ScratchStrategy;
import dev.opskit.backup.SwappingStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a {@link BackupStrategy} has to keep besides {@link BackupStrategyContract} if it can do
 * more, as tests: implement this one in a test class instead. What it cannot do ({@link
 * ScratchStrategy}, {@link SwappingStrategy}, {@link InPlaceStrategy}, {@link PreflightStrategy},
 * {@link GlobalsStrategy}) is skipped.
 *
 * <p>That a strategy's globals are created where they are missing, and that the live data is all of
 * the old or all of the new whenever the process is killed, have to be tested beside this.
 */
public interface LiveRestoreContract extends BackupStrategyContract {

  /**
   * The name under which {@link #targetFingerprint} finds the source itself.
   *
   * @return for a {@link SwappingStrategy}, what its {@code live()} says
   */
  String live();

  /**
   * Changes the content of the source or of a target, so that its fingerprint is another one.
   *
   * @param target a name
   * @throws Exception if it cannot be changed, which fails the test
   */
  void change(String target) throws Exception;

  private static <T> T capable(BackupStrategy strategy, Class<T> capability) {
    Assumptions.assumeTrue(
        capability.isInstance(strategy), "the strategy is no " + capability.getSimpleName());
    return capability.cast(strategy);
  }

  @Test
  default void whatWasRestoredAsItWasDoesNotDiffer() throws Exception {
    BackupStrategy strategy = strategy();
    ScratchStrategy scratching = capable(strategy, ScratchStrategy.class);
    RecordedDump dump = RecordedDump.of(strategy);
    try (Scratch scratch = scratching.scratch()) {
      assertEquals(Optional.empty(), targetFingerprint(scratch.target()));
      strategy.restore(dump, scratch.target());
      assertEquals(List.of(), scratch.differences(dump));
    }
  }

  @Test
  default void whatWasChangedDiffers() throws Exception {
    BackupStrategy strategy = strategy();
    ScratchStrategy scratching = capable(strategy, ScratchStrategy.class);
    RecordedDump dump = RecordedDump.of(strategy);
    try (Scratch scratch = scratching.scratch()) {
      strategy.restore(dump, scratch.target());
      change(scratch.target());
      assertFalse(scratch.differences(dump).isEmpty(), "a change was not found");
    }
  }

  @Test
  default void whatIsThereForAWhileIsGoneAfterIt() throws Exception {
    BackupStrategy strategy = strategy();
    ScratchStrategy scratching = capable(strategy, ScratchStrategy.class);
    RecordedDump dump = RecordedDump.of(strategy);
    String target;
    try (Scratch scratch = scratching.scratch()) {
      target = scratch.target();
      strategy.restore(dump, target);
    }
    assertEquals(Optional.empty(), targetFingerprint(target));
    try (Scratch unused = scratching.scratch()) {
      assertNotEquals(target, unused.target());
    }
    assertEquals(Optional.of(sourceFingerprint()), targetFingerprint(live()));
  }

  @Test
  default void whatIsSwappedInIsLiveAndWhatWasLiveIsKept() throws Exception {
    BackupStrategy strategy = strategy();
    SwappingStrategy swapping = capable(strategy, SwappingStrategy.class);
    assertEquals(live(), swapping.live());
    Optional<String> backedUp = targetFingerprint(live());
    RecordedDump dump = RecordedDump.of(strategy);
    change(live());
    Optional<String> changed = targetFingerprint(live());
    assertNotEquals(backedUp, changed, "change() has changed nothing");

    RestorePoint old = swapIn(swapping, strategy, dump);

    assertEquals(backedUp, targetFingerprint(live()));
    assertEquals(changed, targetFingerprint(old.target()));
    assertEquals(old.target(), swapping.restorePoints().get(0).target());
  }

  @Test
  default void aRestorePointCanBeMadeLiveAgainAndAgain() throws Exception {
    BackupStrategy strategy = strategy();
    SwappingStrategy swapping = capable(strategy, SwappingStrategy.class);
    Optional<String> backedUp = targetFingerprint(live());
    RecordedDump dump = RecordedDump.of(strategy);
    change(live());
    Optional<String> changed = targetFingerprint(live());
    RestorePoint old = swapIn(swapping, strategy, dump);

    RestorePoint undone = swapping.swapIn(old.target()).orElseThrow();
    assertEquals(changed, targetFingerprint(live()));
    assertEquals(backedUp, targetFingerprint(undone.target()));
    List<RestorePoint> points = swapping.restorePoints();
    assertEquals(undone.target(), points.get(0).target(), "the newest is the first");
    assertTrue(points.stream().noneMatch(point -> point.target().equals(live())), points::toString);

    swapping.swapIn(undone.target());
    assertEquals(backedUp, targetFingerprint(live()));
  }

  @Test
  default void aRestorePointThatWasDroppedIsGoneAndNothingElse() throws Exception {
    BackupStrategy strategy = strategy();
    SwappingStrategy swapping = capable(strategy, SwappingStrategy.class);
    RecordedDump dump = RecordedDump.of(strategy);
    RestorePoint first = swapIn(swapping, strategy, dump);
    RestorePoint second = swapIn(swapping, strategy, dump);
    Optional<String> live = targetFingerprint(live());

    swapping.drop(first);

    assertEquals(Optional.empty(), targetFingerprint(first.target()));
    assertTrue(targetFingerprint(second.target()).isPresent());
    assertEquals(live, targetFingerprint(live()));
    assertTrue(swapping.restorePoints().stream().noneMatch(p -> p.target().equals(first.target())));
  }

  @Test
  default void whatIsNotThereIsNotSwappedIn() throws Exception {
    BackupStrategy strategy = strategy();
    SwappingStrategy swapping = capable(strategy, SwappingStrategy.class);
    Optional<String> before = targetFingerprint(live());
    assertThrows(Exception.class, () -> swapping.swapIn(freshTarget()));
    assertEquals(before, targetFingerprint(live()));
  }

  private static RestorePoint swapIn(
      SwappingStrategy swapping, BackupStrategy strategy, RecordedDump dump) throws Exception {
    try (Scratch scratch = swapping.scratch()) {
      strategy.restore(dump, scratch.target());
      return swapping.swapIn(scratch.target()).orElseThrow();
    }
  }

  @Test
  default void inPlaceTheContentIsThatOfTheBackup() throws Exception {
    BackupStrategy strategy = strategy();
    InPlaceStrategy inPlace = capable(strategy, InPlaceStrategy.class);
    Optional<String> backedUp = targetFingerprint(live());
    RecordedDump dump = RecordedDump.of(strategy);
    change(live());
    inPlace.restoreInPlace(dump);
    assertEquals(backedUp, targetFingerprint(live()));
  }

  @Test
  default void inPlaceNothingHasChangedWhenReadingFails() throws Exception {
    BackupStrategy strategy = strategy();
    InPlaceStrategy inPlace = capable(strategy, InPlaceStrategy.class);
    RecordedDump dump = RecordedDump.of(strategy);
    int failures = 0;
    for (String stream : dump.streams()) {
      change(live());
      Optional<String> before = targetFingerprint(live());
      try {
        inPlace.restoreInPlace(
            dump.throwingAtTheEndOf(stream, new BackupCorruptException("a bit has flipped")));
      } catch (Exception e) {
        failures++;
        assertEquals(before, targetFingerprint(live()), stream);
      }
    }
    assertTrue(failures > 0, "what reading throws was not passed on");
  }

  @Test
  default void globalsThatAreThereAreLeftAlone() throws Exception {
    BackupStrategy strategy = strategy();
    GlobalsStrategy globals = capable(strategy, GlobalsStrategy.class);
    RecordedDump dump = RecordedDump.of(strategy);
    change(live());
    Optional<String> before = targetFingerprint(live());
    assertEquals(List.of(), globals.createGlobals(dump));
    assertEquals(before, targetFingerprint(live()));
  }

  @Test
  default void lookingBeforehandFindsNothingWhereNothingIsInTheWayAndChangesNothing()
      throws Exception {
    BackupStrategy strategy = strategy();
    PreflightStrategy careful = capable(strategy, PreflightStrategy.class);
    Map<String, String> facts = RecordedDump.of(strategy).facts();
    Optional<String> before = targetFingerprint(live());
    assertEquals(List.of(), careful.problems(PreflightStrategy.Purpose.BACKUP, Map.of()));
    assertEquals(List.of(), careful.problems(PreflightStrategy.Purpose.COPY, facts));
    assertEquals(before, targetFingerprint(live()));
  }
}
