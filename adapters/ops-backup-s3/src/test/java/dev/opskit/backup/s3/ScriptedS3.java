package dev.opskit.backup.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Answers a real client, over loopback, with what a test has written down, for faults that no
 * server shows on demand. Any other request than the next one of the script is a failure of the
 * test.
 */
final class ScriptedS3 implements AutoCloseable {
  static final String BUCKET = "backups";

  private final HttpServer server;
  private final Queue<Answer> script = new ArrayDeque<>();
  private final List<String> surprises = Collections.synchronizedList(new ArrayList<>());
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  record Request(String line, Map<String, String> headers, byte[] body) {}

  /** What comes back for a request line such as {@code PUT /backups/prod/a}. */
  record Answer(String line, int status, Map<String, String> headers, byte[] body) {
    Answer with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Answer(line, status, more, body);
    }

    Answer body(byte[] bytes) {
      return new Answer(line, status, headers, bytes);
    }

    Answer error(String code) {
      return body(
          ("<Error><Code>" + code + "</Code><Message>a message</Message></Error>")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  ScriptedS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  static Answer answer(String line, int status) {
    return new Answer(line, status, Map.of(), new byte[0]);
  }

  ScriptedS3 expect(Answer... answers) {
    synchronized (script) {
      script.addAll(List.of(answers));
    }
    return this;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  S3Client client() {
    return client("http://127.0.0.1:" + server.getAddress().getPort());
  }

  static S3Client client(String endpoint) {
    return S3Client.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .forcePathStyle(true)
        // Else the body is wrapped in signatures, as this is not HTTPS.
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(2)))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /**
   * Fails the test if something was asked that the script does not have, or the other way round.
   */
  @Override
  public void close() {
    server.stop(0);
    assertEquals(List.of(), surprises);
    assertEquals(List.of(), List.copyOf(script), "never asked for");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      Map<String, String> headers = new LinkedHashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      String query = exchange.getRequestURI().getQuery();
      headers.put("query", query == null ? "" : query);
      try (InputStream in = exchange.getRequestBody()) {
        requests.add(new Request(line, headers, in.readAllBytes()));
      }
      Answer next;
      synchronized (script) {
        next = script.peek();
        if (next != null && next.line().equals(line)) {
          script.remove();
        } else {
          surprises.add(line + " instead of " + next);
          next = answer(line, 418);
        }
      }
      next.headers().forEach(exchange.getResponseHeaders()::set);
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(
          next.status(), isHead || next.body().length == 0 ? -1 : next.body().length);
      if (!isHead) {
        exchange.getResponseBody().write(next.body());
      }
    }
  }
}
