package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image that {@code scripts/image} builds, run as its Deployment would run it. {@code
 * -Dopskit.image=<name>} takes one that is there already.
 */
@Timeout(900)
class ImageIT {
  /** By which the script says that this machine cannot build or run any image. */
  private static final int UNAVAILABLE = 69;

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final String NAME = "opskit-orders-image-it";

  /** Where the HEALTHCHECK asks. */
  private static final String OPS = "http://127.0.0.1:9000";

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;

  private static String image() throws Exception {
    String given = System.getProperty("opskit.image", "");
    if (!given.isEmpty()) {
      return given;
    }
    if (!RealParts.requiresAll()) {
      return abort("building takes minutes; -Dopskit.require=all or -Dopskit.image=<name> does it");
    }
    Process script =
        new ProcessBuilder("scripts/image")
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String name = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = script.waitFor();
    assumeTrue(status != UNAVAILABLE, "this machine cannot build or run images, see above");
    assertEquals(0, status, "scripts/image");
    return name.strip();
  }

  @Test
  void itServesIsHealthyBacksUpAndEnds() throws Exception {
    String image = image();
    try (Deployment deployment = Deployment.in(folder)) {
      podman("rm", "-f", "-i", NAME);
      try {
        assertEquals(0, podman(run(image, deployment, List.of("-d", "--name", NAME), List.of())));
        await(() -> status(HttpRequest.newBuilder(URI.create(OPS + "/ready"))) == 200);
        assertEquals(201, status(order()));
        assertEquals(0, podman("healthcheck", "run", NAME));
        assertEquals(0, podman("exec", NAME, "sh", "-c", "test $(id -u) = 10001"));
        assertNotEquals(0, podman("exec", NAME, "sh", "-c", "touch /app/x"), "it may be written");
        assertEquals(0, podman(run(image, deployment, List.of("--rm"), List.of("--backup"))));
        try (var files = Files.walk(folder.resolve("image-backups"))) {
          assertTrue(files.anyMatch(Files::isRegularFile), "there is no backup");
        }
        assertEquals(0, podman("stop", "-t", "40", NAME));
      } finally {
        podman("rm", "-f", "-i", NAME);
      }
    }
  }

  private List<String> run(
      String image, Deployment deployment, List<String> options, List<String> arguments)
      throws IOException {
    Path secret = folder.resolve("secrets/database");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--r--r--"));
    Path backups = Files.createDirectories(folder.resolve("image-backups"));
    Files.setPosixFilePermissions(backups, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> line = new ArrayList<>(List.of("run", "--network=host", "--read-only"));
    line.addAll(options);
    line.addAll(
        List.of(
            "--tmpfs=/tmp:rw,exec,mode=1777",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--memory=512m",
            "--volume=" + secret + ":/run/secrets/orders/database:ro",
            "--volume=" + backups + ":/backups",
            "--env=ORDERS_DB_HOST=127.0.0.1",
            "--env=ORDERS_DB_PORT=" + deployment.postgres().port(),
            "--env=ORDERS_HOST=127.0.0.1",
            "--env=ORDERS_DRAIN_SECONDS=2",
            image));
    line.addAll(arguments);
    return line;
  }

  private static HttpRequest.Builder order() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:8080/orders"))
        .POST(BodyPublishers.ofString("{\"item\":\"teapot\",\"quantity\":1,\"amount\":9.5}"));
  }

  private int status(HttpRequest.Builder request) throws InterruptedException {
    try {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private int podman(String... arguments) throws Exception {
    return podman(List.of(arguments));
  }

  private int podman(List<String> arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("podman"));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("STORAGE_DRIVER", "vfs");
    builder
        .environment()
        .put("CONTAINERS_CONF", ROOT.resolve("scripts/containers.conf").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    System.out.printf("podman %s: %d%n%s", arguments.get(0), status, said);
    return status;
  }

  /** Something that may fail while it is asked for. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  /** Until the whole test is too late. */
  private static void await(Condition condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.holds() && !never.await(200, TimeUnit.MILLISECONDS)) {
      // The service is starting.
    }
  }
}
