package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    RealParts.executable("unzip", "unzip", "install Debian's package 'unzip'");
    shop = Shop.open(folder, 200_000);
    shop.execute(
        Shop.NAME,
        "CREATE ROLE clerk LOGIN CONNECTION LIMIT 7; GRANT CONNECT ON DATABASE shop TO clerk");
    backup = backUp(shop.strategy().build());
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

    assertEquals(0, run(guide("backup.md").get(0)));

    assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint("orders_copy"));
  }

  @Test
  void theSameCommandsRestoreABackupWithShards() throws Exception {
    shop.execute(Shop.NAME, "CREATE TABLE more AS SELECT * FROM orders; ANALYZE");
    String id = backUp(shop.strategy().shards(3).build()).id();
    assertTrue(Files.isDirectory(folder.resolve("backups/v1/orders/chunks/" + id + "/database-1")));

    assertEquals(0, run(guide("backup.md").get(0)));

    assertEquals(PlainText.of(shop, Shop.NAME), PlainText.of(shop, "orders_copy"));
  }

  @Test
  void theCommandsOfTheRunbookCompareItAndSwapItIn() throws Exception {
    shop.execute("postgres", "CREATE DATABASE orders");
    shop.execute("orders", "CREATE TABLE wrong (id int)");
    // So that the server knows nobody of that name.
    shop.execute("postgres", "ALTER ROLE clerk RENAME TO another");
    String restore = guide("backup.md").get(0);
    String runbook = String.join("\n", guide("recovery.md"));
    // Where the commands look for it below the folder that stands for /tmp.
    String jar = "/tmp/ops-backup.jar";
    zip(folder.resolve("ops-backup.jar"), "sequences.sql", "fingerprint.sql");

    assertEquals(0, run(restore + runbook.replace("ops-backup.jar", jar)));

    assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint("orders"));
    assertTrue(shop.exists("orders_before"));
    assertEquals(
        "7", shop.query("postgres", "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'clerk'"));
    assertEquals(
        "t", shop.query("postgres", "SELECT has_database_privilege('clerk', 'orders', 'CONNECT')"));
    shop.execute("orders", "DELETE FROM orders WHERE id = 7");
    String compare = guide("recovery.md").get(1).replace("ops-backup.jar", jar);
    assertNotEquals(
        0,
        run(
            "set -e\ncd /backups/v1/orders\nid="
                + backup.id()
                + "\n"
                + compare.replace("orders_copy", "orders")));
  }

  @Test
  void theCommandsOfTheGuideNoticeAChunkThatIsMissing() throws Exception {
    Path chunks = folder.resolve("backups/v1/orders/chunks/" + backup.id() + "/database");
    Files.delete(chunks.resolve("00000001.zst"));

    assertNotEquals(0, run(guide("backup.md").get(0)));

    assertFalse(Files.exists(folder.resolve("database.dump")), "it was unpacked all the same");
    assertFalse(shop.exists("orders_copy"));
  }

  private BackupRecord backUp(PostgresBackup strategy) {
    try (BackupService backups =
        BackupService.builder("orders")
            .strategy(strategy)
            .store(FileSystemBackupStore.at(folder.resolve("backups")))
            .build()) {
      return backups.backupNow();
    }
  }

  private static List<String> guide(String name) throws IOException {
    Path file = Path.of(System.getProperty("basedir"), "../../docs", name);
    List<String> blocks =
        Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(file))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertFalse(blocks.isEmpty(), "the guide has no commands");
    return blocks;
  }

  /** As the jar has them. */
  private static void zip(Path jar, String... scripts) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String script : scripts) {
        String name = "dev/opskit/backup/postgres/" + script;
        zip.putNextEntry(new ZipEntry(name));
        try (InputStream in =
            Objects.requireNonNull(PostgresBackup.class.getResourceAsStream(script), name)) {
          in.transferTo(zip);
        }
      }
    }
  }

  private int run(String commandsOfAGuide) throws Exception {
    String commands =
        commandsOfAGuide
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
    if (process.exitValue() != 0) {
      System.out.println(Files.readString(folder.resolve("commands.log")));
    }
    return process.exitValue();
  }
}
