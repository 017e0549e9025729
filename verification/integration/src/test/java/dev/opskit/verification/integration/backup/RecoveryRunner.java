package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.RecoveryPlan;
import dev.opskit.backup.RecoveryService;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.health.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A JVM of its own that goes on with a recovery. Maintenance is kept in a file, and before it ends,
 * what is live then is noted in another one.
 */
final class RecoveryRunner {
  static final RecoveryPlan PLAN = RecoveryPlan.databaseFailure(Shop.NAME);

  /** Stands for what was live when the server had died before it could be asked. */
  private static final String UNKNOWN = "unknown";

  private RecoveryRunner() {}

  private record Noting(MaintenanceMode kept, Path file, String url, String user, String password)
      implements MaintenanceMode {
    @Override
    public void enter(MaintenanceWindow window) {
      kept.enter(window);
    }

    @Override
    public void leave() {
      try {
        Files.writeString(
            file, live() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      kept.leave();
    }

    private String live() {
      try (Connection connection = DriverManager.getConnection(url, user, password);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(Shop.FINGERPRINT)) {
        row.next();
        return asLine(row.getString(1));
      } catch (SQLException e) {
        return UNKNOWN;
      }
    }

    @Override
    public Optional<MaintenanceWindow> current() {
      return kept.current();
    }
  }

  static KilledRun start(Shop shop, Path folder) throws IOException {
    return KilledRun.start(
        RecoveryRunner.class, shop, folder.resolve("store"), maintenanceFile(folder).toString());
  }

  /** Is there as long as maintenance is on. */
  static Path maintenanceFile(Path folder) {
    return folder.resolve("maintenance");
  }

  /** What was live each time a runner ended maintenance. */
  static List<String> opened(Path folder) throws IOException {
    Path file = noteFile(maintenanceFile(folder));
    return Files.exists(file)
        ? Files.readAllLines(file).stream().filter(line -> !line.equals(UNKNOWN)).toList()
        : List.of();
  }

  /** As it is noted. */
  static String asLine(String fingerprint) {
    return fingerprint.replace('\n', ' ');
  }

  private static Path noteFile(Path maintenanceFile) {
    return maintenanceFile.resolveSibling("opened");
  }

  /** As a service that keeps maintenance in a file. To be closed. */
  static Health health(Path folder) {
    return Health.builder().maintenanceFile(maintenanceFile(folder)).start();
  }

  public static void main(String[] args) {
    String password = System.getenv(KilledRun.PASSWORD);
    PostgresServer server =
        new PostgresServer("127.0.0.1", Integer.parseInt(args[0]), Shop.NAME, args[1]);
    Path file = Path.of(args[3]);
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), Shop.NAME);
    try (Health health = health(file.getParent());
        BackupService backups =
            BackupService.builder(Shop.NAME)
                .strategy(PostgresBackup.of(server, password::toCharArray))
                .store(FileSystemBackupStore.at(Path.of(args[2])))
                .build()) {
      System.out.println(KilledRun.BEGUN);
      MaintenanceMode maintenance =
          new Noting(health.maintenance(), noteFile(file), url, server.user(), password);
      RecoveryService.of(backups, maintenance, AlertSink.none()).takeOver(PLAN);
    }
  }
}
