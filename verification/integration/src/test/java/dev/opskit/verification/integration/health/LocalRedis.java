package dev.opskit.verification.integration.health;

import dev.opskit.core.health.HealthStatus;
import dev.opskit.health.RedisCheck;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on a free loopback port that can be frozen, killed and started again. */
final class LocalRedis implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final int port;
  private final List<String> command = new ArrayList<>();
  private final Path log;
  private Process process;

  private LocalRedis(Path folder, int port, String... options) throws Exception {
    this.port = port;
    this.log = folder.resolve("redis.log");
    File executable = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
    command.add(executable.getAbsolutePath());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--save", "", "--dir", folder.toString()));
    command.addAll(List.of(options));
    this.process = launch();
  }

  /**
   * Starts a server.
   *
   * @param folder an existing one, for nothing else
   * @param options as on Redis' command line, for example {@code --requirepass}, {@code secret}
   */
  static LocalRedis start(Path folder, String... options) throws Exception {
    return new LocalRedis(Files.createDirectories(folder), Await.freePort(), options);
  }

  int port() {
    return port;
  }

  RedisCheck check() {
    return RedisCheck.at("127.0.0.1", port);
  }

  void freeze() throws Exception {
    Signals.send("STOP", process);
  }

  void thaw() throws Exception {
    Signals.send("CONT", process);
  }

  void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  void restart() throws Exception {
    process = launch();
  }

  private Process launch() throws Exception {
    Process started =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Await.until(
          LIMIT,
          () -> "Redis did not start, see " + log,
          () -> Files.readString(log).contains("Ready to accept connections"));
    } catch (Exception | AssertionError e) {
      started.destroyForcibly();
      throw e;
    }
    return started;
  }

  /** What a check finds when it looks once, with ample time. */
  static String find(RedisCheck check) {
    var result = check.check(() -> Duration.ofSeconds(5));
    return result.status() == HealthStatus.UP ? "UP" : String.valueOf(result.cause());
  }

  @Override
  public void close() throws Exception {
    kill();
  }
}
