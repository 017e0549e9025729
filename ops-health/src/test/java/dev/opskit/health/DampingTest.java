package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DampingTest {
  private static final int SEQUENCES = 1_000_000;

  /** What is reported after a sequence, said the slow way: by looking at its end. */
  private static boolean model(List<Boolean> results, int failures, int successes) {
    boolean reported = results.get(0);
    for (int end = 1; end <= results.size(); end++) {
      boolean latest = results.get(end - 1);
      int needed = latest ? successes : failures;
      boolean allEqual = end >= needed;
      for (int i = end - needed; allEqual && i < end; i++) {
        allEqual = results.get(i) == latest;
      }
      reported = allEqual ? latest : reported;
    }
    return reported;
  }

  @Test
  void aMillionSequencesAgreeWithTheModel() {
    SplittableRandom random = new SplittableRandom(20_261_124);
    List<Boolean> results = new ArrayList<>();
    for (int i = 0; i < SEQUENCES; i++) {
      int failures = 1 + random.nextInt(4);
      int successes = 1 + random.nextInt(4);
      int length = 1 + random.nextInt(12);
      double mood = random.nextDouble();
      Damping damping = new Damping(failures, successes);
      results.clear();
      boolean reported = false;
      for (int n = 0; n < length; n++) {
        boolean result = random.nextDouble() < mood;
        results.add(result);
        reported = damping.accepts(result) ? result : reported;
      }
      boolean expected = model(results, failures, successes);
      if (reported != expected) {
        assertEquals(expected, reported, failures + " " + successes + " " + results);
      }
    }
  }

  @Test
  void failuresWithAThousandSuccessesBetweenThemAreNotConsecutive() {
    Damping damping = new Damping(3, 1);
    assertTrue(damping.accepts(true));
    for (int failure = 0; failure < 3; failure++) {
      assertFalse(damping.accepts(false));
      for (int success = 0; success < 1_000; success++) {
        assertTrue(damping.accepts(true));
      }
    }
  }
}
