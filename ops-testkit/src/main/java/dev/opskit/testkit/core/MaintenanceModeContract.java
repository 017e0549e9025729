package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link MaintenanceMode} keeps to. Implement it in a JUnit test class; each test asks
 * for one mode, on a clock that it moves itself.
 */
@Timeout(60)
public interface MaintenanceModeContract {

  /**
   * A mode that is off.
   *
   * @param time the clock that says when a window is over
   * @return the mode; two calls give modes that know nothing of each other
   */
  MaintenanceMode mode(TimeSource time);

  @Test
  default void isOffUntilItIsEntered() {
    assertEquals(Optional.empty(), mode(new ManualTimeSource()).current());
  }

  @Test
  default void isOnUntilItIsLeft() {
    ManualTimeSource time = new ManualTimeSource();
    MaintenanceMode mode = mode(time);
    MaintenanceWindow window = window("ops", Duration.ofHours(1), time);
    mode.enter(window);
    assertEquals(Optional.of(window), mode.current());
    mode.leave();
    assertEquals(Optional.empty(), mode.current());
  }

  @Test
  default void theLatestWindowCountsAlsoIfItIsTheShorterOne() {
    ManualTimeSource time = new ManualTimeSource();
    MaintenanceMode mode = mode(time);
    mode.enter(window("first", Duration.ofHours(1), time));
    MaintenanceWindow second = window("second", Duration.ofMinutes(1), time);
    mode.enter(second);
    assertEquals(Optional.of(second), mode.current());
    time.advance(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), mode.current(), "the first window is not to come back");
  }

  @Test
  default void endsByItself() {
    ManualTimeSource time = new ManualTimeSource();
    MaintenanceMode mode = mode(time);
    MaintenanceWindow window = window("ops", Duration.ofHours(1), time);
    mode.enter(window);
    time.advance(Duration.ofHours(1).minusMillis(1));
    assertEquals(Optional.of(window), mode.current());
    time.advance(Duration.ofMillis(1));
    assertEquals(Optional.empty(), mode.current());
  }

  @Test
  default void aWindowThatIsOverIsRefusedAndChangesNothing() {
    ManualTimeSource time = new ManualTimeSource();
    MaintenanceMode mode = mode(time);
    MaintenanceWindow open = window("open", Duration.ofHours(1), time);
    mode.enter(open);
    for (Duration length : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
      MaintenanceWindow over = window("over", length, time);
      assertThrows(IllegalArgumentException.class, () -> mode.enter(over), "a window of " + length);
      assertEquals(Optional.of(open), mode.current());
    }
  }

  @Test
  default void leavingTwiceHasNoEffect() {
    ManualTimeSource time = new ManualTimeSource();
    MaintenanceMode mode = mode(time);
    mode.leave();
    mode.enter(window("ops", Duration.ofHours(1), time));
    mode.leave();
    mode.leave();
    assertEquals(Optional.empty(), mode.current());
  }

  @Test
  default void canBeEnteredAgainAfterItEnded() {
    ManualTimeSource time = new ManualTimeSource();
    MaintenanceMode mode = mode(time);
    mode.enter(window("first", Duration.ofMinutes(1), time));
    time.advance(Duration.ofHours(1));
    MaintenanceWindow second = window("second", Duration.ofMinutes(1), time);
    mode.enter(second);
    assertEquals(Optional.of(second), mode.current());
  }

  @Test
  default void manyThreadsMaySwitchIt() throws InterruptedException {
    ManualTimeSource time = new ManualTimeSource();
    MaintenanceMode mode = mode(time);
    Crowd.act(
        number -> {
          MaintenanceWindow mine = window("thread-" + number, Duration.ofHours(1), time);
          for (int i = 0; i < 50; i++) {
            mode.enter(mine);
            Optional<MaintenanceWindow> current = mode.current();
            assertTrue(
                current.isEmpty() || current.get().owner().startsWith("thread-"),
                () -> "nobody entered " + current);
            mode.leave();
          }
        });
    assertEquals(Optional.empty(), mode.current(), "every thread has left");
  }

  private static MaintenanceWindow window(String owner, Duration length, TimeSource time) {
    return new MaintenanceWindow(owner, "a test of the contract", time.now().plus(length));
  }
}
