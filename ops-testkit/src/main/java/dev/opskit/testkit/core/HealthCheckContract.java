package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link HealthCheck} keeps to. Implement it in a JUnit test class; each test asks for
 * its own check, and calls it as the engine does while nothing hangs, never twice at the same time.
 */
@Timeout(60)
public interface HealthCheckContract {

  /**
   * A check of something that works.
   *
   * @return it answers {@link HealthStatus#UP}
   */
  HealthCheck working();

  /**
   * A check of something that does not work: a closed port, a deleted folder, or best of all
   * something that never answers.
   *
   * @return it throws, or answers anything but {@link HealthStatus#UP}; null if nothing can break
   */
  default @Nullable HealthCheck broken() {
    return null;
  }

  /**
   * What the checks know and must not tell.
   *
   * @return passwords and the like, in plain text; empty if there are none
   */
  default List<String> secrets() {
    return List.of();
  }

  /**
   * The time that a run is given. Three seconds more are allowed before a run counts as hung.
   *
   * @return default 2 s
   */
  default Duration timeout() {
    return Duration.ofSeconds(2);
  }

  @Test
  default void whatWorksIsUp() throws Exception {
    assertEquals(HealthStatus.UP, run(working(), timeout()).status());
  }

  @Test
  default void whatIsBrokenIsNeverUp() {
    HealthCheck broken = broken();
    if (broken != null) {
      HealthResult result = resultOrNull(broken, timeout());
      if (result != null) {
        assertNotEquals(HealthStatus.UP, result.status(), "the dependency is broken");
        assertNotNull(result.cause(), "a result that is not up says its cause: " + result);
      }
    }
  }

  @Test
  default void itIsRunAgainAndAgain() throws Exception {
    HealthCheck check = working();
    // More often than a usual pool has connections: what is not given back is missed.
    for (int i = 1; i <= 25; i++) {
      assertEquals(HealthStatus.UP, run(check, timeout()).status(), "in run " + i);
    }
  }

  @Test
  default void itComesToAnEndAlsoWhenNoTimeIsLeft() {
    resultOrNull(working(), Duration.ZERO);
  }

  @Test
  default void detailsAreWhatJsonCanSay() {
    for (HealthResult result : results()) {
      result
          .details()
          .forEach(
              (name, value) -> {
                assertFalse(name.isBlank(), () -> "a detail without a name: " + result);
                if (value instanceof Number number) {
                  assertTrue(Double.isFinite(number.doubleValue()), () -> name + " is " + number);
                }
              });
    }
  }

  @Test
  default void noSecretIsTold() {
    for (HealthResult result : results()) {
      String told = result.message() + " " + result.details();
      assertEquals(SensitiveValues.shared().mask(told), told, "a registered secret is told");
      for (String secret : secrets()) {
        assertFalse(told.contains(secret), () -> "a secret is told: " + told);
      }
    }
  }

  @Test
  default void itKnowsWhomAFailureAffects() {
    HealthCheck check = working();
    assertNotNull(check.scope(), "scope()");
    assertEquals(check.scope(), check.scope());
  }

  private List<HealthResult> results() {
    List<HealthResult> results = new ArrayList<>();
    for (HealthCheck check : new HealthCheck[] {working(), broken()}) {
      HealthResult result = check == null ? null : resultOrNull(check, timeout());
      if (result != null) {
        results.add(result);
      }
    }
    return results;
  }

  /** Null if the check threw, which it may; the engine masks what exceptions say. */
  private static @Nullable HealthResult resultOrNull(HealthCheck check, Duration timeout) {
    try {
      return run(check, timeout);
    } catch (Exception thrown) {
      return null;
    }
  }

  private static HealthResult run(HealthCheck check, Duration timeout) throws Exception {
    TimeSource time = TimeSource.system();
    long start = time.nanoTime();
    CheckContext context =
        () -> {
          Duration left = timeout.minusNanos(time.nanoTime() - start);
          return left.isNegative() ? Duration.ZERO : left;
        };
    HealthResult result =
        assertTimeoutPreemptively(
            timeout.plusSeconds(3),
            () -> check.check(context),
            () -> "no answer and no exception within " + timeout + " and three seconds");
    assertNotNull(result, "a check never answers null");
    return result;
  }
}
