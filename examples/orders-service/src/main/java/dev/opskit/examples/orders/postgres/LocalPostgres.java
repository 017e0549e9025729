package dev.opskit.examples.orders.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on a free loopback port, with a data directory and a password of its
 * own. It can be frozen, killed and restarted, which is what the example and the integration tests
 * do to it. Confined to one thread, except that {@link #close} may come from a shutdown hook.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String USER = "orders";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final PostgresBinaries binaries;
  private final Path directory;
  private volatile String password;
  private final int port;
  private volatile Process server;

  private LocalPostgres(PostgresBinaries binaries, Path directory, String password, int port)
      throws IOException {
    this.binaries = binaries;
    this.directory = directory;
    this.password = password;
    this.port = port;
    initialise();
    this.server = launch();
  }

  /**
   * Initialises a data directory and starts a server on it.
   *
   * @param directory an existing directory; data, socket and log go below it
   * @return the server, ready for connections
   */
  public static LocalPostgres start(Path directory) {
    try {
      String password = UUID.randomUUID().toString();
      LocalPostgres postgres =
          new LocalPostgres(PostgresBinaries.find(directory), directory, password, freePort());
      postgres.awaitReady();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be started in " + directory, e);
    }
  }

  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  /**
   * Gives the user another password. Connections that are open stay open.
   *
   * @return what {@link #password} is from now on
   * @throws SQLException if the server does not take it
   */
  public String changePassword() throws SQLException {
    String next = UUID.randomUUID().toString();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE " + USER + " PASSWORD '" + next + "'");
    }
    password = next;
    return next;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Where the server comes from, and its version, for people. */
  public String description() {
    return binaries.description();
  }

  /**
   * A connection with the owner's rights, outside of any pool.
   *
   * @param database for example {@code postgres}
   * @return close it
   * @throws SQLException if the server does not answer within five seconds
   */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        jdbcUrl(database) + "?connectTimeout=5&socketTimeout=60", USER, password);
  }

  /** Stops the server and all its backends in their tracks: connections stay open, none answers. */
  public void freeze() {
    // The server first: from then on there are no new backends.
    signal("STOP", Stream.of(server.toHandle()));
    signal("STOP", server.descendants());
  }

  /** Lets a frozen server go on. */
  public void thaw() {
    signal("CONT", Stream.concat(server.descendants(), Stream.of(server.toHandle())));
  }

  /** Kills the server and its backends, as a power cut would. */
  public void kill() {
    freeze();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(server.toHandle()), server.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  /** Starts the server again after {@link #kill}, on the same data and port. */
  public void restart() {
    try {
      server = launch();
      awaitReady();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be restarted in " + directory, e);
    }
  }

  /** Ends the server without waiting for its clients; it is killed if it does not end itself. */
  @Override
  public void close() {
    if (!server.isAlive()) {
      return;
    }
    thaw();
    signal("INT", Stream.of(server.toHandle()));
    try {
      if (server.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  private void initialise() throws IOException {
    Path passwordFile = Files.writeString(directory.resolve("password"), password);
    Process initdb =
        binaries
            .command("initdb", "-D", data(), "-U", USER, "-A", "scram-sha-256", "-E", "UTF8")
            .arguments("--locale=C", "--no-sync", "--pwfile=" + passwordFile)
            .start(directory.resolve("initdb.log"));
    int exit = await(initdb);
    Files.delete(passwordFile);
    if (exit != 0) {
      throw new IOException(
          "initdb exited with " + exit + ": " + Files.readString(directory.resolve("initdb.log")));
    }
  }

  private Process launch() throws IOException {
    return binaries
        .command("postgres", "-D", data(), "-p", Integer.toString(port), "-h", "127.0.0.1")
        // No socket: its path may have about a hundred characters, and the directory's have more.
        .arguments("-k", "", "-c", "max_connections=100")
        .start(directory.resolve("postgres.log"));
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try (Connection ready = connect("postgres")) {
        return;
      } catch (SQLException notYet) {
        if (!server.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new IOException(
              "PostgreSQL did not become ready: "
                  + Files.readString(directory.resolve("postgres.log")),
              notYet);
        }
        pause();
      }
    }
  }

  private void signal(String name, Stream<ProcessHandle> processes) {
    StringBuilder command = new StringBuilder("kill -").append(name);
    processes.forEach(process -> command.append(' ').append(process.pid()));
    try {
      // Every shell has a kill of its own; as a program it comes with a package. A backend may have
      // ended by itself in between; kill says so, and nobody needs to know.
      await(
          new ProcessBuilder("sh", "-c", command.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be signalled", e);
    }
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
