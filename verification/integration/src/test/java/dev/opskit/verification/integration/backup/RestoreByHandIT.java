package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.verification.integration.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide restore a backup without this library. */
@Timeout(300)
class RestoreByHandIT {
  @TempDir Path folder;

  private Shop shop;
  private BackupRecord backup;

  @BeforeEach
  void backUp() throws SQLException {
    RealParts.executable("zstd", "zstd", "install Debian's package 'zstd'");
    shop = Shop.open(folder, 200_000);
    try (BackupService backups =
        BackupService.builder("orders")
            .strategy(shop.strategy().build())
            .store(FileSystemBackupStore.at(folder.resolve("backups")))
            .build()) {
      backup = backups.backupNow();
    }
  }

  @AfterEach
  void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void theCommandsOfTheGuideRestoreABackup() throws Exception {
    assertTrue(backup.chunks() > 1, "one chunk shows too little");

    assertEquals(0, runTheCommands());

    assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint("orders_copy"));
  }

  @Test
  void theCommandsOfTheGuideNoticeAChunkThatIsMissing() throws Exception {
    Path chunks = folder.resolve("backups/v1/orders/chunks/" + backup.id() + "/database");
    Files.delete(chunks.resolve("00000001.zst"));

    assertNotEquals(0, runTheCommands());

    assertFalse(Files.exists(folder.resolve("database.dump")), "it was unpacked all the same");
    assertFalse(shop.exists("orders_copy"));
  }

  private int runTheCommands() throws Exception {
    String guide = Files.readString(Path.of(System.getProperty("basedir"), "../../docs/backup.md"));
    Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertTrue(block.find(), "the guide has no commands");
    String commands =
        block
            .group(1)
            .replace("/tmp/", folder + "/")
            .replace("/backups/", folder.resolve("backups") + "/");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", commands)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("commands.log").toFile());
    shell
        .environment()
        .putAll(
            Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(shop.postgres().port()),
                "PGUSER", shop.postgres().user(),
                "PGPASSWORD", shop.postgres().password(),
                "PGDATABASE", "postgres"));
    Process process = shell.start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the commands did not end");
    return process.exitValue();
  }
}
