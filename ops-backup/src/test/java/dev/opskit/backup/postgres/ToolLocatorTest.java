package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void asksNoInstallationBehindTheOneThatFits() throws Exception {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Path asked = folder.resolve("asked");
    ToolScript.installation(first, "16.2");
    ToolScript.installation(second, "15.14");
    // What is on the path may be a wrapper that takes long to choose.
    ToolScript.write(
        second.resolve("pg_dump"), "touch " + asked + "; echo 'pg_dump (PostgreSQL) 15.14'");
    ToolLocator locator = new ToolLocator(List.of(first, second), new ManualTimeSource());

    assertEquals(16, locator.any().major());
    assertEquals(16, locator.exactly(16).major());
    assertFalse(Files.exists(asked));
    assertEquals(15, locator.exactly(15).major());
    assertTrue(Files.exists(asked));
  }
}
