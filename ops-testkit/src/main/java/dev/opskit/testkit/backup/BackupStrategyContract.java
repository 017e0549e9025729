package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.BackupUnavailableException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link BackupStrategy} has to keep, as tests: implement it in a test class. Use a
 * source whose dump is larger than what the strategy buffers, else it cannot be seen that failures
 * in its middle are noticed.
 *
 * <p>A dump must show, in its streams or its facts, where it ends. Flipped bits are found before a
 * strategy sees them, so it is only asked to pass on what reading throws. That it waits for the
 * exit code of what it starts has to be tested beside this.
 */
public interface BackupStrategyContract {

  /**
   * The subject. Called once in each test.
   *
   * @return a strategy over a source that does not change during the test
   * @throws Exception if it cannot be made, which fails the test
   */
  BackupStrategy strategy() throws Exception;

  /**
   * The content of the source.
   *
   * @return anything that differs when the content does
   * @throws Exception if it cannot be found out, which fails the test
   */
  String sourceFingerprint() throws Exception;

  /**
   * The content of a target, in the terms of {@link #sourceFingerprint}.
   *
   * @param target its name
   * @return empty if nothing of the target exists
   * @throws Exception if it cannot be found out, which fails the test
   */
  Optional<String> targetFingerprint(String target) throws Exception;

  /**
   * A name for a target.
   *
   * @return one under which nothing exists, another one with each call
   * @throws Exception if there is none, which fails the test
   */
  String freshTarget() throws Exception;

  /**
   * Makes a target.
   *
   * @return the name of one that exists and whose content is not the source's
   * @throws Exception if it cannot be made, which fails the test
   */
  String existingTarget() throws Exception;

  @Test
  default void theFormatIsWellFormedAndConstant() throws Exception {
    BackupStrategy strategy = strategy();
    String format = strategy.format();
    assertTrue(format.matches("[a-z0-9-]+"), format);
    assertEquals(format, strategy.format());
    strategy.dump(new RecordedDump());
    assertEquals(format, strategy.format());
  }

  @Test
  default void whatWasDumpedIsUnderstoodAndRestored() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump dump = RecordedDump.of(strategy);
    String target = freshTarget();

    strategy.inspect(dump);
    strategy.restore(dump, target);

    assertEquals(Optional.of(sourceFingerprint()), targetFingerprint(target));
  }

  @Test
  default void inspectingCreatesNothingThatIsInTheWayOfARestore() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump dump = RecordedDump.of(strategy);
    strategy.inspect(dump);
    strategy.inspect(dump);
    String first = freshTarget();
    String second = freshTarget();
    strategy.restore(dump, first);
    strategy.restore(dump, second);
    assertEquals(targetFingerprint(first), targetFingerprint(second));
  }

  @Test
  default void everyStreamIsClosedAndTheFactsAreComplete() throws Exception {
    RecordedDump dump = RecordedDump.of(strategy());
    assertFalse(dump.streams().isEmpty(), "the dump has no stream");
    assertTrue(dump.allClosed(), "a stream was left open");
    dump.facts().forEach((name, value) -> assertNotNull(value, name));
  }

  @Test
  default void aTruncatedDumpIsRejected() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump dump = RecordedDump.of(strategy);
    for (String stream : dump.streams()) {
      for (RecordedDump shorter : dump.truncations(stream)) {
        assertThrows(Exception.class, () -> strategy.inspect(shorter), shorter::description);
        String target = freshTarget();
        assertThrows(
            Exception.class, () -> strategy.restore(shorter, target), shorter::description);
        assertEquals(Optional.empty(), targetFingerprint(target), shorter::description);
      }
    }
  }

  @Test
  default void aDumpOfSomethingElseIsRejected() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump noise = RecordedDump.of(strategy).replaced();
    assertThrows(Exception.class, () -> strategy.inspect(noise));
    String target = freshTarget();
    assertThrows(Exception.class, () -> strategy.restore(noise, target));
    assertEquals(Optional.empty(), targetFingerprint(target));
  }

  @Test
  default void whatReadingThrowsIsPassedOnAndNothingOfTheTargetRemains() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump dump = RecordedDump.of(strategy);
    for (String stream : dump.streams()) {
      BackupCorruptException damage = new BackupCorruptException("a bit has flipped");
      RecordedDump damaged = dump.throwingAtTheEndOf(stream, damage);
      String target = freshTarget();

      assertSame(damage, assertThrows(Throwable.class, () -> strategy.inspect(damaged)));
      assertSame(damage, assertThrows(Throwable.class, () -> strategy.restore(damaged, target)));
      assertEquals(Optional.empty(), targetFingerprint(target));
    }
  }

  @Test
  default void whatWritingThrowsIsPassedOn() throws Exception {
    BackupStrategy strategy = strategy();
    BackupUnavailableException failure = new BackupUnavailableException("the store is away");
    RecordedDump atOnce = new RecordedDump().onWrite(written -> fail(failure));
    RecordedDump later = new RecordedDump().onWrite(written -> failAfter(1, written, failure));
    RecordedDump atTheEnd = new RecordedDump().onClose(() -> fail(failure));

    assertSame(failure, assertThrows(Throwable.class, () -> strategy.dump(atOnce)));
    assertSame(failure, assertThrows(Throwable.class, () -> strategy.dump(later)));
    assertSame(failure, assertThrows(Throwable.class, () -> strategy.dump(atTheEnd)));
  }

  @Test
  default void anExistingTargetIsRefusedAndStaysAsItIs() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump dump = RecordedDump.of(strategy);
    String target = existingTarget();
    Optional<String> before = targetFingerprint(target);
    assertTrue(before.isPresent(), "existingTarget() made none");
    assertNotEquals(sourceFingerprint(), before.get(), "existingTarget() is equal to the source");

    assertThrows(BackupRefusedException.class, () -> strategy.restore(dump, target));

    assertEquals(before, targetFingerprint(target));
  }

  @Test
  @Timeout(60)
  default void anInterruptEndsADump() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump dump = new RecordedDump().onWrite(written -> Thread.currentThread().interrupt());
    Interrupt.assertEnds(() -> strategy.dump(dump));
  }

  @Test
  @Timeout(60)
  default void anInterruptEndsARestoreAndNothingOfTheTargetRemains() throws Exception {
    BackupStrategy strategy = strategy();
    RecordedDump dump = RecordedDump.of(strategy).interruptingTheReader();
    String target = freshTarget();
    Interrupt.assertEnds(() -> strategy.restore(dump, target));
    assertEquals(Optional.empty(), targetFingerprint(target));
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private static void failAfter(long bytes, long written, RuntimeException failure) {
    if (written > bytes) {
      throw failure;
    }
  }
}
