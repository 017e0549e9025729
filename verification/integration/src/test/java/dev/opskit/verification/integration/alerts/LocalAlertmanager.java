package dev.opskit.verification.integration.alerts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Alertmanager on a free loopback port that can be killed and started again. */
final class LocalAlertmanager implements AutoCloseable {
  /** A machine that does other things, too, may take long to start a process. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern WHAT = Pattern.compile("\"what\":\"([^\"]+)\"");
  private static final long PAUSE_NANOS = 10_000_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final List<String> command;
  private final Path log;
  private Process process;

  private LocalAlertmanager(Path folder) throws Exception {
    Path executable =
        RealParts.executable(
            "alertmanager",
            "prometheus-alertmanager",
            "install Debian's package 'prometheus-alertmanager'");
    Files.createDirectories(folder);
    this.port = freePort();
    this.log = folder.resolve("alertmanager.log");
    Path config =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            "route: {receiver: none}\nreceivers: [name: none]\n");
    this.command =
        List.of(
            executable.toString(),
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("data"),
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + port);
    this.process = launch();
  }

  /**
   * Starts one.
   *
   * @param folder for nothing else
   */
  static LocalAlertmanager start(Path folder) throws Exception {
    return new LocalAlertmanager(folder);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The alerts that fire, as JSON. */
  String alerts() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve("/api/v2/alerts"))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** The values of the label {@code what} of the alerts that fire. */
  Set<String> firing() throws Exception {
    Set<String> firing = new TreeSet<>();
    Matcher matcher = WHAT.matcher(alerts());
    while (matcher.find()) {
      firing.add(matcher.group(1));
    }
    return firing;
  }

  Duration awaitFiring(Duration limit, Set<String> expected) throws Exception {
    return await(
        limit, () -> expected + " should fire at " + address(), () -> firing().equals(expected));
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
      await(PATIENCE, () -> "Alertmanager did not start, see " + log, this::isReady);
    } catch (Exception | AssertionError e) {
      started.destroyForcibly();
      throw e;
    }
    return started;
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest ready = HttpRequest.newBuilder(address().resolve("/-/ready")).build();
      return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  static Duration await(
      Duration limit, java.util.function.Supplier<String> what, Callable<Boolean> condition)
      throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      assertTrue(System.nanoTime() - start < limit.toNanos(), what);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    kill();
  }
}
