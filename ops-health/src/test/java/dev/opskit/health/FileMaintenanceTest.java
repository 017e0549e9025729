package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.ManualTimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileMaintenanceTest {
  @TempDir private Path folder;
  private final ManualTimeSource time = new ManualTimeSource();
  private Path file;
  private MaintenanceWindow window;

  @BeforeEach
  void prepare() {
    file = folder.resolve("maintenance");
    window =
        new MaintenanceWindow(
            "ops@example.com", "restore = \"drill\"\nüber Nacht", time.now().plusSeconds(600));
  }

  private Health start() {
    return Health.builder().time(time).maintenanceFile(file).build();
  }

  @Test
  void aWindowOutlivesTheProcess() {
    try (Health first = start()) {
      first.maintenance().enter(window);
    }
    try (Health second = start()) {
      assertEquals(Optional.of(window), second.maintenance().current());
      assertFalse(second.report(Probe.READINESS).available());
      second.maintenance().leave();
      assertTrue(second.report(Probe.READINESS).available());
    }
    try (Health third = start()) {
      assertTrue(third.maintenance().current().isEmpty());
    }
  }

  @Test
  void aWindowThatEndedMeanwhileIsOver() {
    try (Health first = start()) {
      first.maintenance().enter(window);
    }
    time.advance(Duration.ofMinutes(10));
    try (Health second = start()) {
      assertTrue(second.maintenance().current().isEmpty());
    }
  }

  @Test
  void nothingButTheFileIsLeft() throws IOException {
    try (Health health = start()) {
      health.maintenance().enter(window);
      health.maintenance().enter(window);
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(1, files.count());
      }
      health.maintenance().leave();
      assertFalse(Files.exists(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "owner=ops", "owner=ops\nreason=x\nuntil=soon", "a=\\uZZZZ"})
  void aFileThatIsNoneIsNamedWithTheMend(String text) throws IOException {
    Files.writeString(file, text);
    String message = assertThrows(IllegalArgumentException.class, this::start).getMessage();
    assertTrue(message.contains(file + " is not readable; delete it"), message);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndMaintenanceIsOnAllTheSame() {
    file = folder.resolve("no-such-folder").resolve("maintenance");
    try (Health health = start()) {
      assertThrows(UncheckedIOException.class, () -> health.maintenance().enter(window));
      assertEquals(Optional.of(window), health.maintenance().current());
    }
  }
}
