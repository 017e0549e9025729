package dev.opskit.examples.orders.story;

import dev.opskit.core.json.JsonWriter;
import dev.opskit.examples.orders.OrdersService;
import dev.opskit.examples.orders.Settings;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the service needs and a deployment would give it: a PostgreSQL, a mounted secret,
 * a folder for backups. All of it is below one temporary folder, and gone at the end, processes
 * included. Confined to one thread, except that {@link #close} may come from a shutdown hook.
 */
final class Sandbox implements AutoCloseable {
  private static final String DATABASE = "orders";

  private final Path folder;
  private final Object closing = new Object();
  private volatile @Nullable LocalPostgres postgres;
  private volatile @Nullable Settings settings;
  private volatile @Nullable OrdersService service;

  private Sandbox(Path folder) {
    this.folder = folder;
  }

  static Sandbox create() throws IOException {
    return new Sandbox(Files.createTempDirectory("orders-service-"));
  }

  OrdersService start() throws IOException, SQLException {
    LocalPostgres started =
        LocalPostgres.start(Files.createDirectories(folder.resolve("postgres")));
    postgres = started;
    try (Connection connection = started.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    mountSecret(secrets.resolve("database"), started);
    Settings chosen =
        new Settings(
            "127.0.0.1",
            0,
            "127.0.0.1",
            0,
            new Settings.Database("127.0.0.1", started.port(), DATABASE),
            secrets,
            "database",
            Files.createDirectories(folder.resolve("backups")),
            "0.1.0",
            Duration.ZERO,
            List.of());
    settings = chosen;
    OrdersService running = OrdersService.start(chosen);
    service = running;
    return running;
  }

  /** As an operator does it: first in the database, then in the file that is mounted. */
  void rotatePassword() throws IOException, SQLException {
    postgres().changePassword();
    mountSecret(settings().secrets().resolve(settings().databaseSecret()), postgres());
  }

  /** Moved to its place when it is complete, so that nobody reads half of it. */
  private static void mountSecret(Path file, LocalPostgres postgres) throws IOException {
    byte[] credentials =
        new JsonWriter()
            .beginObject()
            .name("username")
            .value(postgres.user())
            .name("password")
            .value(postgres.password())
            .endObject()
            .toByteArray();
    Path complete = file.resolveSibling(".new");
    Files.createFile(
        complete,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(complete, credentials);
    Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Path folder() {
    return folder;
  }

  LocalPostgres postgres() {
    return Objects.requireNonNull(postgres, "not started");
  }

  Settings settings() {
    return Objects.requireNonNull(settings, "not started");
  }

  LogFile log(String name) {
    return new LogFile(folder.resolve("logs").resolve(name));
  }

  @Override
  public void close() {
    synchronized (closing) {
      OrdersService running = service;
      if (running != null) {
        running.close();
      }
      LocalPostgres started = postgres;
      if (started != null) {
        started.close();
      }
      // What was only just starting is known to nobody else yet.
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      remove();
    }
  }

  private void remove() {
    // A thread that is still at work may add a file while the others are being removed.
    if (!Patience.until(() -> !Files.exists(folder) || removed())) {
      System.err.println("the temporary folder " + folder + " could not be removed");
    }
  }

  private boolean removed() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException | UncheckedIOException again) {
      return false;
    }
  }
}
