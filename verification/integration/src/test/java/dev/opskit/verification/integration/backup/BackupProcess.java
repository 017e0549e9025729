package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that takes a backup and stops in the middle of it, to be killed there. */
final class BackupProcess implements AutoCloseable {
  private static final String MIDDLE = "in the middle";
  private static final String PASSWORD = "SHOP_PASSWORD";

  private final Process process;

  private BackupProcess(Process process) {
    this.process = process;
  }

  static BackupProcess inTheMiddle(Shop shop, Path store) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            BackupProcess.class.getName(),
            Integer.toString(shop.postgres().port()),
            shop.postgres().user(),
            store.toString());
    builder.environment().put(PASSWORD, shop.postgres().password());
    Process process = builder.redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(MIDDLE)) {
        return new BackupProcess(process);
      }
      said.append(line).append('\n');
    }
    throw new IOException("it never came to the middle: " + said);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** By SIGKILL: no shutdown hook runs. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("it survives SIGKILL");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    String password = System.getenv(PASSWORD);
    StepStore store =
        new StepStore(FileSystemBackupStore.at(Path.of(args[2])))
            .afterTheFirstChunk(BackupProcess::stopHere);
    PostgresBackup strategy =
        PostgresBackup.of(
            new PostgresServer("127.0.0.1", port, Shop.NAME, args[1]), password::toCharArray);
    try (BackupService backups =
        BackupService.builder(Shop.NAME).strategy(strategy).store(store).build()) {
      backups.backupNow();
    }
  }

  private static void stopHere() {
    System.out.println(MIDDLE);
    try {
      // Nothing is ever sent.
      System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
