package dev.opskit.verification.integration.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.health.Probe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one client asks of any of the servers, and what it sees. */
final class Script {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  /** Headers with their values, by what is asked with them. */
  private record Ask(String method, String path, String... headers) {}

  private static final List<Ask> ASKS =
      List.of(
          new Ask("GET", "/fine/1", "X-Correlation-ID", "id-1"),
          new Ask("GET", "/fine/2", "X-Request-ID", "id-2"),
          new Ask("POST", "/fine/3", "traceparent", TRACE),
          new Ask("HEAD", "/fine/4", "X-Correlation-ID", "id-4"),
          new Ask("GET", "/fine/5", "X-Correlation-ID", "a b<d>"),
          new Ask("GET", "/fine/6", "X-Correlation-ID", "id-6", "X-Request-ID", "not-this"),
          new Ask("GET", "/fine/7?secret=1"),
          new Ask("PUT", "/busy/1", "X-Correlation-ID", "id-8"),
          new Ask("GET", "/busy/2", "X-Correlation-ID", "id-9"),
          new Ask("GET", "/fails/1", "X-Correlation-ID", "id-10"),
          new Ask("DELETE", "/fails/2", "X-Correlation-ID", "id-11"),
          new Ask("GET", "/nothing/here", "X-Correlation-ID", "id-12"));

  private static final long MATCHED = ASKS.size() - 1;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Running server;

  Script(Running server) {
    this.server = server;
  }

  /** The status and the id of each answer; an id that the server made is told as such. */
  List<String> correlation() throws Exception {
    List<String> seen = new ArrayList<>();
    for (Ask ask : ASKS) {
      HttpResponse<String> answer = send(server.port(), ask);
      List<String> ids = answer.headers().allValues("x-correlation-id");
      boolean isKnown = ids.size() == 1 && List.of(ask.headers()).contains(ids.get(0));
      boolean isOfTheTrace = ids.size() == 1 && TRACE.contains(ids.get(0));
      boolean isNew = ids.size() == 1 && ids.get(0).matches("[0-9a-f]{32}");
      String id = isKnown ? ids.get(0) : isOfTheTrace ? "trace" : isNew ? "new" : ids.toString();
      seen.add(ask.method() + " " + ask.path() + ": " + answer.statusCode() + " " + id);
    }
    return seen;
  }

  /**
   * The counters of the routes of the service that are not 0, once all requests are counted: an
   * answer may be here before its end is told. Requests for ops endpoints have no such route.
   */
  List<String> metrics() throws Exception {
    long start = System.nanoTime();
    while (true) {
      List<String> lines =
          send(server.opsPort(), new Ask("GET", "/metrics"))
              .body()
              .lines()
              .filter(line -> line.matches("http_request(s_total|_duration_seconds_count).*"))
              .filter(line -> line.contains("/{id}") && !line.endsWith(" 0.0"))
              .sorted()
              .toList();
      long counted =
          lines.stream()
              .filter(line -> line.startsWith("http_requests_total"))
              .mapToLong(line -> (long) Double.parseDouble(line.split(" ")[1]))
              .sum();
      if (counted == MATCHED) {
        return lines;
      }
      boolean isTooLate = System.nanoTime() - start > Duration.ofSeconds(30).toNanos();
      assertEquals(false, isTooLate, () -> "not all are counted, or too many: " + lines);
    }
  }

  /** Everything but times and lengths of time, which differ. */
  Map<String, String> health() throws Exception {
    while (server.health().report(Probe.READINESS).checks().stream()
        .anyMatch(check -> check.age() == null)) {
      Thread.onSpinWait();
    }
    // Answers are made beforehand: one that is older than the last check is waited out.
    long start = System.nanoTime();
    while (send(server.opsPort(), new Ask("GET", "/status")).body().contains("NOT_YET_RUN")) {
      boolean isTooLate = System.nanoTime() - start > Duration.ofSeconds(30).toNanos();
      assertEquals(false, isTooLate, "a check that has run is not shown");
    }
    Map<String, String> answers = new TreeMap<>();
    for (String path : new String[] {"/health", "/ready", "/startup", "/status"}) {
      for (String method : new String[] {"GET", "HEAD", "POST"}) {
        HttpResponse<String> answer = send(server.opsPort(), new Ask(method, path));
        String body = answer.body().replaceAll("[0-9][0-9.:TZ-]*", "0");
        answers.put(
            method + " " + path,
            "%d %s %s %s"
                .formatted(
                    answer.statusCode(),
                    answer.headers().firstValue("content-type").orElse("-"),
                    answer.headers().firstValue("cache-control").orElse("-"),
                    body));
      }
    }
    return answers;
  }

  private HttpResponse<String> send(int port, Ask ask) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + ask.path()))
            .method(ask.method(), HttpRequest.BodyPublishers.noBody());
    if (ask.headers().length > 0) {
      request.headers(ask.headers());
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
