package dev.opskit.examples.orders.story;

import dev.opskit.core.json.JsonWriter;
import dev.opskit.examples.orders.Settings;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Everything that the service needs and a deployment would give it: a PostgreSQL, a mounted secret,
 * a folder for backups. All of it is below one temporary folder and gone at the end.
 */
record Sandbox(Path folder, LocalPostgres postgres, Settings settings) implements AutoCloseable {
  private static final String DATABASE = "orders";

  static Sandbox create(Path folder) throws IOException, SQLException {
    LocalPostgres postgres = LocalPostgres.start(Files.createDirectories(folder.resolve("pg")));
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    byte[] credentials =
        new JsonWriter()
            .beginObject()
            .name("username")
            .value(postgres.user())
            .name("password")
            .value(postgres.password())
            .endObject()
            .toByteArray();
    Path secret =
        Files.createFile(
            secrets.resolve("database"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(secret, credentials);
    Settings settings =
        new Settings(
            "127.0.0.1",
            0,
            "127.0.0.1",
            0,
            new Settings.Database("127.0.0.1", postgres.port(), DATABASE),
            secrets,
            "database",
            Files.createDirectories(folder.resolve("backups")),
            "0.1.0");
    return new Sandbox(folder, postgres, settings);
  }

  LogFile log(String name) {
    return new LogFile(folder.resolve("logs").resolve(name));
  }

  @Override
  public void close() {
    postgres.close();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder " + folder + " could not be removed", e);
    }
  }
}
