package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.RecoveryStep;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RecoveryStep} has to keep, as tests: implement it in a test class.
 *
 * <p>It cannot see what a step that was stopped in its middle leaves behind: review that.
 */
public interface RecoveryStepContract {

  /**
   * The subject. Called once in each test.
   *
   * @return a step that was not applied, in surroundings where it can be
   * @throws Exception if it cannot be made, which fails the test
   */
  RecoveryStep step() throws Exception;

  @Test
  default void theNameIsWellFormedAndStaysTheSame() throws Exception {
    RecoveryStep step = step();
    String name = step.name();
    assertTrue(name.matches("[a-z0-9-]{1,64}"), name);
    step.apply();
    assertEquals(name, step.name());
  }

  @Test
  default void itIsNotDoneBeforeItWasApplied() throws Exception {
    assertFalse(step().isDone());
  }

  @Test
  default void applyingItAgainIsHarmless() throws Exception {
    RecoveryStep step = step();
    step.apply();
    boolean isDone = step.isDone();
    assertDoesNotThrow(step::apply);
    assertEquals(isDone, step.isDone());
  }

  @Test
  default void askingWhetherItIsDoneDoesNothing() throws Exception {
    RecoveryStep step = step();
    for (int i = 0; i < 3; i++) {
      assertFalse(step.isDone());
    }
    step.apply();
    boolean isDone = step.isDone();
    assertEquals(isDone, step.isDone());
  }

  @Test
  default void whatWasTakenBackIsNotDoneAndCanBeAppliedAgain() throws Exception {
    RecoveryStep step = step();
    step.apply();
    boolean isDone = step.isDone();
    step.undo();
    assertDoesNotThrow(step::undo);
    step.apply();
    assertEquals(isDone, step.isDone());
  }

  @Test
  default void takingBackWhatWasNotAppliedIsHarmless() throws Exception {
    RecoveryStep step = step();
    assertDoesNotThrow(step::undo);
    assertFalse(step.isDone());
  }
}
