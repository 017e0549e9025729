package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that backs up or restores, to be killed by itself or with what it needs. */
final class KilledRun implements AutoCloseable {
  static final String BEGUN = "begun";
  static final String PASSWORD = "SHOP_PASSWORD";

  /** How many tools a backup has at the same time; {@code -Dopskit.kills.shards}. */
  static final int SHARDS = Integer.getInteger("opskit.kills.shards", 1);

  private final Process process;

  private KilledRun(Process process) {
    this.process = process;
  }

  /**
   * Returns when it has begun.
   *
   * @param id the backup to put into the place of the live data; empty to take one
   */
  static KilledRun start(Shop shop, Path store, String id) throws IOException {
    return start(KilledRun.class, shop, store, id);
  }

  /**
   * Another one.
   *
   * @param main says {@link #BEGUN} when it has begun, and ends with status 0 if it succeeds
   */
  static KilledRun start(Class<?> main, Shop shop, Path store, String argument) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dopskit.kills.shards=" + SHARDS,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            Integer.toString(shop.postgres().port()),
            shop.postgres().user(),
            store.toString(),
            argument);
    builder.environment().put(PASSWORD, shop.postgres().password());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(BEGUN)) {
        // Nobody reads on, so it must say little more.
        return new KilledRun(process);
      }
    }
    throw new IOException("it never began");
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Whether it says that it has succeeded. */
  boolean succeeded() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue() == 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] args) {
    String password = System.getenv(PASSWORD);
    PostgresBackup strategy =
        PostgresBackup.builder(
                new PostgresServer("127.0.0.1", Integer.parseInt(args[0]), Shop.NAME, args[1]),
                password::toCharArray)
            .shards(SHARDS)
            .build();
    try (BackupService backups =
        BackupService.builder(Shop.NAME)
            .strategy(strategy)
            .store(FileSystemBackupStore.at(Path.of(args[2])))
            .undoWindow(Duration.ZERO)
            .build()) {
      System.out.println(BEGUN);
      if (args[3].isEmpty()) {
        backups.backupNow();
      } else {
        backups.restores().swapIn(args[3]);
      }
    }
  }
}
