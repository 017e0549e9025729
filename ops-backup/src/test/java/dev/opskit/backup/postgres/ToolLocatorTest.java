package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ToolLocatorTest {
  @TempDir Path folder;

  @Test
  void takesTheMajorVersionOfTheServerAndNoOther() throws Exception {
    ToolScript.installation(folder, "15.14 (Debian 15.14-0+deb12u1)");
    ToolLocator locator = ToolLocator.in(folder, new ManualTimeSource());

    PgTools tools = locator.exactly(15);

    assertEquals(15, tools.major());
    assertEquals("15.14", tools.version());
    assertEquals(folder.resolve("pg_dump"), tools.pgDump());
    for (int other : new int[] {14, 16}) {
      var refusal = assertThrows(BackupRefusedException.class, () -> locator.exactly(other));
      assertTrue(refusal.getMessage().contains("found: 15.14"), refusal.getMessage());
      assertTrue(refusal.getMessage().endsWith("install postgresql-client-" + other));
    }
  }

  @Test
  void anArchiveIsReadByItsVersionOrANewerOne() throws Exception {
    ToolScript.installation(folder, "17beta1");
    ToolLocator locator = ToolLocator.in(folder, new ManualTimeSource());

    assertEquals(17, locator.atLeast(15).major());
    assertEquals(17, locator.atLeast(17).major());
    assertThrows(BackupRefusedException.class, () -> locator.atLeast(18));
  }

  @Test
  void aFolderWithoutToolsSaysWhatToInstall() {
    ToolLocator locator = ToolLocator.in(folder, new ManualTimeSource());

    var refusal = assertThrows(BackupRefusedException.class, () -> locator.exactly(15));

    assertTrue(refusal.getMessage().contains("found: none"), refusal.getMessage());
  }
}
