package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShutdownDrainTest {

  @Test
  void aPartThatCannotBeStoppedKeepsNoOtherFromIt() {
    List<String> stopped = new ArrayList<>();
    try (Health health = Health.builder().build()) {
      ShutdownDrain.run(
          health.drain(),
          Duration.ZERO,
          Duration.ZERO,
          () -> {
            throw new IllegalStateException("expected");
          },
          () -> stopped.add("server"),
          () -> {
            throw new NoClassDefFoundError("expected");
          },
          () -> stopped.add("pool"));
    }
    assertEquals(List.of("server", "pool"), stopped);
  }
}
