package dev.opskit.verification.integration.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.http.jdk.JdkRequestFilter;
import dev.opskit.logging.AccessLog;
import dev.opskit.logging.OpsLogging;
import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** jq, which knows nothing of us, reads every line and finds a request by its id alone. */
@Timeout(180)
class JqIT {
  private static final Logger logger = LoggerFactory.getLogger(JqIT.class);
  private static final int REQUESTS = 50;
  private static final int FAILING = 13;

  @TempDir Path folder;

  private Path jq;

  @BeforeEach
  void findJq() {
    jq = RealParts.executable("jq", "jq", "install Debian's package 'jq'");
  }

  @ParameterizedTest
  @CsvSource({
    "OPS,.correlationId,.error.type",
    "ECS,.\"labels.correlation_id\",.\"error.type\"",
    "LOGSTASH,.correlationId,(.stack_trace // \"\" | split(\":\")[0])"
  })
  void everyLineParsesAndARequestIsFoundByItsId(String schema, String id, String type)
      throws Exception {
    serve(schema);
    Path log = folder.resolve("combined.log");
    long lines = Files.readAllLines(log).size();
    assertTrue(lines >= 2 * REQUESTS, lines + " lines");
    assertEquals(lines, jq("type", log).stream().filter("\"object\""::equals).count());

    assertEquals(
        List.of("\"order 7 placed\\n\\u001b[2J \\\"quoted\\\"\"", "\"POST /orders 201\""),
        jq("-a", "select(" + id + "==\"order-0007\") | .message", log));
    assertEquals(
        List.of("7", "201"), jq("select(" + id + "==\"order-0007\") | (.number // .status)", log));
    String distinct = "[inputs | " + id + " | select(. != null)] | unique | length";
    assertEquals(List.of(Integer.toString(REQUESTS)), jq("-n", distinct, log));

    String failed = "select(" + id + "==\"order-0013\") | " + type;
    assertEquals(
        List.of("\"java.lang.IllegalStateException\""), jq(failed, folder.resolve("error.log")));
  }

  /** All requests at the same time, so that their lines are mixed. */
  private void serve(String schema) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server
        .createContext("/orders", JqIT::handle)
        .getFilters()
        .add(JdkRequestFilter.of(RouteTemplates.of("/orders"), new AccessLog()));
    try (OpsLogging logging =
        OpsLogging.builder()
            .service("orders")
            .schema(schema)
            .level("dev.opskit", "INFO")
            .folder(folder)
            .consoleLevel("OFF")
            .start()) {
      server.start();
      send(server.getAddress().getPort());
    } finally {
      server.stop(0);
      threads.shutdown();
      assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
    }
  }

  private static void send(int port) {
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
              .header("x-correlation-id", "order-%04d".formatted(i))
              .header("number", Integer.toString(i))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      answers.add(client.sendAsync(request, BodyHandlers.ofString()));
    }
    for (int i = 0; i < REQUESTS; i++) {
      assertEquals(i == FAILING ? 500 : 201, answers.get(i).join().statusCode());
    }
  }

  private static void handle(HttpExchange exchange) throws IOException {
    int number = Integer.parseInt(exchange.getRequestHeaders().getFirst("number"));
    if (number == FAILING) {
      throw new IllegalStateException("no teapots\n{\"left\"");
    }
    logger
        .atInfo()
        .addKeyValue("number", number)
        .log("order {} placed\n\u001b[2J \"quoted\"", number);
    exchange.sendResponseHeaders(201, -1);
    exchange.close();
  }

  private List<String> jq(String filter, Path log) throws Exception {
    return jq("-c", filter, log);
  }

  private List<String> jq(String option, String filter, Path log) throws Exception {
    Path said = folder.resolve("jq.txt");
    Process process =
        new ProcessBuilder(jq.toString(), option, filter, log.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "jq did not end");
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(said);
    assertEquals(0, process.exitValue(), () -> String.join("\n", lines));
    return lines;
  }
}
