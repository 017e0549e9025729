package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.examples.orders.OrdersService;
import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds the story to its word. */
@Timeout(300)
class StoryIT {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(30);
  private static final List<String> CHAPTERS =
      List.of(
          "Orders come in over HTTP",
          "The log of one request",
          "Where the database's password came from",
          "Probes, while the database is up and while it is frozen",
          "A backup, and the proof of its restore",
          "The metrics that came of it");

  @TempDir Path folder;

  @Test
  void withExitItIsToldWithinTwoMinutesAndLeavesNothing() throws Exception {
    needsPostgresTools();
    try (ServiceProcess story = ServiceProcess.start(folder, Map.of(), "--exit")) {
      int exit = story.awaitExit(TWO_MINUTES);
      Tale tale = new Tale(story.lines());
      assertEquals(0, exit, tale::toString);
      assertEquals(CHAPTERS, tale.chapters());
      assertEquals(List.of(), tale.containing("[NOT OK]"));
      assertEquals(List.of(), tale.containing("(skipped"));
      assertEquals(List.of(), story.leftovers());
      assertFiguresAgree(tale);
    }
  }

  private static void assertFiguresAgree(Tale tale) {
    Map<String, Double> series = tale.series();
    String orders = "http_requests_total{method=\"POST\",route=\"/orders\",status_code=\"%d\"}";
    double placed = tale.number("(\\d+) of \\d+ orders placed");
    assertTrue(placed > 0);
    assertEquals(placed, tale.number("\\d+ of (\\d+) orders placed"));
    assertEquals(placed, series.get("orders_processed_total{outcome=\"ok\"}"), tale::toString);
    assertEquals(placed, series.get(orders.formatted(201)), tale::toString);
    double refused = tale.containing("is refused: 400 ").size();
    assertEquals(refused, series.get("orders_processed_total{outcome=\"rejected\"}"));
    assertEquals(refused, series.get(orders.formatted(400)));
    double unpaid = tale.containing("payment fails on purpose: 502 ").size();
    double frozen = tale.containing("does not hang: 503 ").size();
    assertEquals(unpaid + frozen, series.get("orders_processed_total{outcome=\"failed\"}"));
    assertEquals(unpaid, series.get(orders.formatted(502)));
    assertEquals(frozen, series.get(orders.formatted(503)));
    assertEquals(
        placed + refused + unpaid + frozen,
        series.get("http_request_duration_seconds_count{method=\"POST\",route=\"/orders\"}"));

    double bound = tale.number("the stated bound is ([0-9.]+) s");
    assertEquals(OrdersService.DATABASE_DETECTION_BOUND.toMillis() / 1000.0, bound);
    assertTrue(tale.number("turned 503 after ([0-9.]+) s") <= bound);
    assertTrue(
        tale.number("GET /ready is 200 after ([0-9.]+) s")
            <= OrdersService.DATABASE_RECOVERY_BOUND.toSeconds());
    assertTrue(
        tale.number("does not hang: 503 after ([0-9.]+) s")
            <= OrdersService.ANSWER_BOUND.toSeconds());
    // A frozen database refuses nobody.
    assertEquals("TIMEOUT", tale.only("\"name\":\"database\".*?\"cause\":\"(\\w+)\"").group(1));

    String before = tale.only("has a history, too: (.*)\\.$").group(1);
    assertEquals(before, tale.only("swapped in: (.*)$").group(1));
    Matcher backup = tale.only("backup \\S+: ([0-9.]+) MB of data in (\\d+) chunks");
    assertTrue(Double.parseDouble(backup.group(1)) > 1 && Integer.parseInt(backup.group(2)) > 0);

    String id = tale.only("correlation id (\\S+) that the customer sent").group(1);
    assertEquals(2, tale.containing("\"correlationId\":\"" + id + "\"").size());
  }

  @Test
  void withoutExitItStaysUpWithWhatItToldAndNowhereIsThePassword() throws Exception {
    needsPostgresTools();
    try (ServiceProcess story = ServiceProcess.start(folder, Map.of())) {
      story.awaitLine(Pattern.compile(" http://\\S+/metrics$"), TWO_MINUTES);
      Tale tale = new Tale(story.lines());
      Path below = Path.of(tale.only("Everything of this run is below (\\S+)$").group(1));
      String mounted = Files.readString(below.resolve("secrets").resolve("database"));
      Matcher secret = Pattern.compile("\"password\":\"([^\"]{8,})\"").matcher(mounted);
      assertTrue(secret.find());
      String password = secret.group(1);

      assertFalse(tale.toString().contains(password));
      assertEquals(List.of(), filesWith(password, below));
      assertEquals(
          List.of(),
          ProcessHandle.allProcesses()
              .filter(one -> one.info().commandLine().orElse("").contains(password))
              .toList());

      String url =
          "jdbc:postgresql://127.0.0.1:%s/".formatted(tale.only(", port (\\d+)$").group(1));
      String told = tale.only("swapped in: (\\d+) orders").group(1);
      assertEquals(told, count(url + "orders", password));
      String old = tale.only("is kept as (\\S+), for an undo").group(1);
      assertTrue(Integer.parseInt(count(url + old, password)) < Integer.parseInt(told));

      List<String> addresses = tale.containing("http://127.0.0.1:");
      assertTrue(addresses.size() >= 4, tale::toString);
      for (String line : addresses) {
        String address = line.substring(line.indexOf("http://"));
        assertEquals(200, Traffic.get(address).statusCode(), address);
      }
      story.terminate();
      assertEquals(143, story.awaitExit(END), "as the shell says of SIGTERM");
      assertEquals(List.of(), story.leftovers());
    }
  }

  @Test
  void aStepThatFailsIsToldAndTheStatusIsNotZero() throws Exception {
    try (ServiceProcess story = ServiceProcess.start(folder, Map.of(), "--exit")) {
      story.awaitLine(Pattern.compile("^3\\. "), TWO_MINUTES);
      List<ProcessHandle> postgres = story.children();
      assertEquals(1, postgres.size(), postgres::toString);
      postgres.get(0).destroyForcibly();
      assertEquals(1, story.awaitExit(TWO_MINUTES));
      Tale tale = new Tale(story.lines());
      assertEquals(CHAPTERS, tale.chapters(), tale::toString);
      assertNotEquals(List.of(), tale.containing("[NOT OK]"));
      assertEquals(
          tale.containing("[NOT OK]").size(), tale.number("(\\d+) steps were NOT what they"));
      assertEquals(List.of(), story.leftovers());
    }
  }

  @Test
  void withoutThePostgresToolsOneLineSaysSoAndTheRestIsTold() throws Exception {
    Path path = Files.createDirectories(folder.resolve("path"));
    for (String tool : List.of("unshare", "sh")) {
      Path found = RealParts.executable("namespaces", tool, "install Debian's 'util-linux'");
      Path only = Files.writeString(path.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
      assertTrue(only.toFile().setExecutable(true));
    }
    // Packages keep the tools beside the PATH, too: hide those folders from this one process.
    String hide =
        "set -e; for folder in /usr/lib/postgresql /usr/pgsql-*; do"
            + " if [ -d $folder ]; then mount -t tmpfs none $folder; fi; done; PATH=$1; shift;"
            + " exec \"$@\"";
    List<String> before = List.of("unshare", "-m", "-r", "sh", "-c", hide, "sh", path.toString());
    if (new ProcessBuilder("unshare", "-m", "-r", "true").start().waitFor() != 0) {
      RealParts.missing("namespaces", "this machine forbids user namespaces");
    }
    try (ServiceProcess story = ServiceProcess.start(folder, before, Map.of(), "--exit")) {
      int exit = story.awaitExit(TWO_MINUTES);
      Tale tale = new Tale(story.lines());
      assertEquals(0, exit, tale::toString);
      assertEquals(CHAPTERS, tale.chapters());
      List<String> skipped = tale.containing("(skipped");
      assertEquals(1, skipped.size(), tale::toString);
      assertTrue(skipped.get(0).contains("install postgresql-client"), skipped.get(0));
      assertEquals(List.of(), tale.containing("[NOT OK]"));
      assertEquals(List.of(), story.leftovers());
    }
  }

  private static void needsPostgresTools() throws IOException {
    if (!Files.isDirectory(Path.of("/usr/lib/postgresql"))) {
      RealParts.executable("postgres", "pg_dump", "install Debian's package 'postgresql-client'");
    }
  }

  private static List<Path> filesWith(String text, Path below) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // One byte is one character in this charset, so that any file can be searched.
        if (!file.endsWith(Path.of("secrets", "database"))
            && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static String count(String url, String password) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, "orders", password);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
      row.next();
      return row.getString(1);
    }
  }
}
