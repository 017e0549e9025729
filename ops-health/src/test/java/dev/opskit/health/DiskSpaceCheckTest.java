package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceCheckTest {
  private static final CheckContext CONTEXT = () -> Duration.ofSeconds(1);

  @TempDir private Path folder;

  @Test
  void enoughRoomIsUpAndMeasured() throws IOException {
    HealthResult result = DiskSpaceCheck.of(folder, 1).check(CONTEXT);
    assertEquals(HealthStatus.UP, result.status());
    assertTrue((long) result.details().get("usableBytes") >= 1, result.toString());
    assertEquals(1L, result.details().get("minimumBytes"));
  }

  @Test
  void tooLittleRoomIsExhausted() throws IOException {
    HealthResult result = DiskSpaceCheck.of(folder, Long.MAX_VALUE).check(CONTEXT);
    assertEquals(HealthStatus.DOWN, result.status());
    assertEquals(HealthCause.EXHAUSTED, result.cause());
  }

  @Test
  void aFolderThatIsGoneIsNotTakenForRoom() {
    assertThrows(
        IOException.class, () -> DiskSpaceCheck.of(folder.resolve("gone"), 1).check(CONTEXT));
  }

  @Test
  void isLocalSoThatItMayCountForLiveness() {
    assertEquals(DependencyScope.LOCAL, DiskSpaceCheck.of(folder, 1).scope());
    String message =
        assertThrows(IllegalArgumentException.class, () -> DiskSpaceCheck.of(folder, 0))
            .getMessage();
    assertEquals("minimumBytes is 0, must be above 0", message);
  }
}
