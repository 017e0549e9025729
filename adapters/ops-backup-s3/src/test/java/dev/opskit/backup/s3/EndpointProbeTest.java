package dev.opskit.backup.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.backup.BackupRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Endpoints that can do less than S3; what a whole one can is asked of a real server elsewhere. */
class EndpointProbeTest {
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private S3Client client;
  private int secondPut = 412;
  private int damagedPut = 400;
  private int firstPut = 200;
  private int delete = 204;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client = ScriptedS3.client("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void anEndpointThatIgnoresConditionsAndChecksumsIsSeenThrough() {
    secondPut = 200;
    damagedPut = 200;

    assertEquals(new S3Capabilities(false, false, false, true), probe());
  }

  @Test
  void aUserWhoMayNotDeleteIsFoundOut() {
    delete = 403;

    assertEquals(new S3Capabilities(true, true, false, false), probe());
    assertTrue(requests.stream().allMatch(line -> line.contains("/backups/prod/probe/")));
  }

  @Test
  void aReadOnlyBucketIsRefusedByWhatS3Says() {
    firstPut = 403;

    var refusal = assertThrows(BackupRefusedException.class, this::probe);

    assertTrue(refusal.getMessage().contains("bucket backups"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("Access Denied"), refusal.getMessage());
    assertEquals(1, requests.size());
  }

  private S3Capabilities probe() {
    return S3BackupStore.of(client, ScriptedS3.BUCKET, "prod").probe();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      requests.add(line);
      try (InputStream in = exchange.getRequestBody()) {
        in.readAllBytes();
      }
      switch (exchange.getRequestMethod()) {
        case "PUT" -> send(exchange, statusOfPut(line));
        case "HEAD" -> {
          exchange.getResponseHeaders().set("Content-Length", "5");
          exchange.sendResponseHeaders(200, -1);
        }
        case "GET" -> {
          byte[] kept = (secondPut == 200 ? "other" : "first").getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, kept.length);
          exchange.getResponseBody().write(kept);
        }
        default -> send(exchange, delete);
      }
    }
  }

  private int statusOfPut(String line) {
    if (line.endsWith("-damaged")) {
      return damagedPut;
    }
    return Collections.frequency(requests, line) == 1 ? firstPut : secondPut;
  }

  private static void send(HttpExchange exchange, int status) throws IOException {
    if (status < 300) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] error =
        "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, error.length);
    exchange.getResponseBody().write(error);
  }
}
