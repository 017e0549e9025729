package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.GlobalsStrategy;
import dev.opskit.backup.RecoveryTarget;
import dev.opskit.backup.RestorePoint;
import dev.opskit.backup.Scratch;
import dev.opskit.backup.SwappingStrategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RecoveryTarget} has to keep, as tests: implement it in a test class.
 *
 * <p>It cannot see whether the service really finds the place after it was handed over, nor what a
 * target that was stopped in its middle leaves behind: review that.
 */
public interface RecoveryTargetContract {

  /**
   * The subject. Called again in a test for the next runner, which may be another process: what one
   * target knows, the other one must find out.
   *
   * @return a target whose place was not provided before this test
   * @throws Exception if it cannot be made, which fails the test
   */
  RecoveryTarget target() throws Exception;

  /**
   * What the backups are of.
   *
   * @return a strategy over something small, beside the target's place
   * @throws Exception if it cannot be made, which fails the test
   */
  BackupStrategy source() throws Exception;

  /**
   * What a service finds at the target's place. Called after it was provided.
   *
   * @return anything that differs when the content does; empty if nothing is live there
   * @throws Exception if it cannot be found out, which fails the test
   */
  Optional<String> live() throws Exception;

  @Test
  default void itSaysHowToRestoreThereAndRestoresNothing() throws Exception {
    BackupStrategy strategy = target().provide();
    assertNotNull(strategy, "no strategy was given");
    assertEquals(source().format(), strategy.format(), "it cannot read the backups");
    assertInstanceOf(SwappingStrategy.class, strategy);
    assertEquals(Optional.empty(), live());
  }

  @Test
  default void whatIsRestoredIsLiveThere() throws Exception {
    assertEquals(Optional.empty(), restore(target().provide()));
    assertTrue(live().isPresent(), "it was restored somewhere else");
  }

  @Test
  default void providingAgainKeepsThePlaceAndWhatWasRestored() throws Exception {
    RecoveryTarget target = target();
    restore(target.provide());
    assertThatTheSameIsLive(target);
  }

  @Test
  default void theNextRunnerIsGivenTheSamePlace() throws Exception {
    restore(target().provide());
    assertThatTheSameIsLive(target());
  }

  @Test
  default void handingOverAgainIsHarmless() throws Exception {
    RecoveryTarget target = target();
    restore(target.provide());
    Optional<String> live = live();
    target.handOver();
    assertDoesNotThrow(target::handOver);
    RecoveryTarget next = target();
    next.provide();
    assertDoesNotThrow(next::handOver);
    assertEquals(live, live());
  }

  private void assertThatTheSameIsLive(RecoveryTarget target) throws Exception {
    Optional<String> live = live();
    BackupStrategy strategy = target.provide();
    assertEquals(live, live(), "providing it again has changed what is live");
    assertTrue(restore(strategy).isPresent(), "nothing is live at the place that was given now");
    assertEquals(live, live());
  }

  /** As a recovery does. */
  private Optional<RestorePoint> restore(BackupStrategy strategy) throws Exception {
    RecordedDump dump = RecordedDump.of(source());
    SwappingStrategy swapping = assertInstanceOf(SwappingStrategy.class, strategy);
    if (strategy instanceof GlobalsStrategy globals) {
      globals.createGlobals(dump);
    }
    try (Scratch scratch = swapping.scratch()) {
      strategy.restore(dump, scratch.target());
      assertEquals(List.of(), scratch.differences(dump));
      return swapping.swapIn(scratch.target());
    }
  }
}
