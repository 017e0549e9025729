package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.backup.RestoreProbe;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RestoreProbe} has to keep, as tests: implement it in a test class, over the
 * kind of target that your strategy restores to. A probe that has never refused anything proves
 * nothing.
 */
public interface RestoreProbeContract {

  /**
   * The subject. Called once in each test.
   *
   * @return a probe
   * @throws Exception if it cannot be made, which fails the test
   */
  RestoreProbe probe() throws Exception;

  /**
   * A target whose data is as it should be. Let it have another name than the live data has, as
   * most restored data does.
   *
   * @return its name
   * @throws Exception if it cannot be made, which fails the test
   */
  String good() throws Exception;

  /**
   * A target whose data is not as it should be.
   *
   * @return its name, another than {@link #good()}'s
   * @throws Exception if it cannot be made, which fails the test
   */
  String bad() throws Exception;

  /**
   * What is in a target.
   *
   * @param target one of the two
   * @return the same for the same content, and different for different content
   * @throws Exception if it cannot be read, which fails the test
   */
  String fingerprint(String target) throws Exception;

  @Test
  default void goodDataIsAccepted() throws Exception {
    RestoreProbe probe = probe();
    String good = good();
    assertDoesNotThrow(() -> probe.check(good));
  }

  @Test
  default void badDataIsRefusedInWords() throws Exception {
    RestoreProbe probe = probe();
    String bad = bad();
    String why = assertThrows(Throwable.class, () -> probe.check(bad)).getMessage();
    assertFalse(why == null || why.isBlank(), "it does not say what is wrong");
  }

  /** A restore asks before the data goes live and when it is; and then comes the next restore. */
  @Test
  default void itLooksAnewEachTime() throws Exception {
    RestoreProbe probe = probe();
    String good = good();
    String bad = bad();
    for (int i = 0; i < 2; i++) {
      assertDoesNotThrow(() -> probe.check(good));
      assertDoesNotThrow(() -> probe.check(good), "the same data again");
      assertThrows(Throwable.class, () -> probe.check(bad));
    }
  }

  @Test
  default void theDataStaysAsItIs() throws Exception {
    RestoreProbe probe = probe();
    for (String target : new String[] {good(), bad()}) {
      String before = fingerprint(target);
      try {
        probe.check(target);
      } catch (Exception | AssertionError refused) {
        // That is another test's.
      }
      assertEquals(before, fingerprint(target), target);
    }
  }
}
