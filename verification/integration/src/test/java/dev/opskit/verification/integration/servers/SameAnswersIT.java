package dev.opskit.verification.integration.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SameAnswersIT {
  @ParameterizedTest
  @EnumSource
  void whatIsAnsweredAndCountedDependsOnNoServer(Server kind) throws Exception {
    try (Running server = kind.start()) {
      Script script = new Script(server);
      assertEquals(
          List.of(
              "GET /fine/1: 200 id-1",
              "GET /fine/2: 200 id-2",
              "POST /fine/3: 200 trace",
              "HEAD /fine/4: 200 id-4",
              "GET /fine/5: 200 new",
              "GET /fine/6: 200 id-6",
              "GET /fine/7?secret=1: 200 new",
              "PUT /busy/1: 503 id-8",
              "GET /busy/2: 503 id-9",
              "GET /fails/1: 500 id-10",
              "DELETE /fails/2: 500 id-11",
              "GET /nothing/here: 404 id-12"),
          script.correlation());
      assertEquals(
          Stream.concat(
                  Stream.of(
                          "{method=\"DELETE\",route=\"/fails/{id}\"} 1",
                          "{method=\"GET\",route=\"/busy/{id}\"} 1",
                          "{method=\"GET\",route=\"/fails/{id}\"} 1",
                          "{method=\"GET\",route=\"/fine/{id}\"} 5",
                          "{method=\"HEAD\",route=\"/fine/{id}\"} 1",
                          "{method=\"POST\",route=\"/fine/{id}\"} 1",
                          "{method=\"PUT\",route=\"/busy/{id}\"} 1")
                      .map("http_request_duration_seconds_count"::concat),
                  Stream.of(
                          "{method=\"DELETE\",route=\"/fails/{id}\",status_code=\"500\"} 1.0",
                          "{method=\"GET\",route=\"/busy/{id}\",status_code=\"503\"} 1.0",
                          "{method=\"GET\",route=\"/fails/{id}\",status_code=\"500\"} 1.0",
                          "{method=\"GET\",route=\"/fine/{id}\",status_code=\"200\"} 5.0",
                          "{method=\"HEAD\",route=\"/fine/{id}\",status_code=\"200\"} 1.0",
                          "{method=\"POST\",route=\"/fine/{id}\",status_code=\"200\"} 1.0",
                          "{method=\"PUT\",route=\"/busy/{id}\",status_code=\"503\"} 1.0")
                      .map("http_requests_total"::concat))
              .toList(),
          script.metrics());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JDK")
  void healthIsAnsweredAsByTheJdksServer(Server kind) throws Exception {
    try (Running jdk = Server.JDK.start();
        Running other = kind.start()) {
      Map<String, String> expected = new Script(jdk).health();
      assertEquals(true, expected.toString().contains("\"DEGRADED\""), expected.toString());
      assertEquals(expected, new Script(other).health());
    }
  }
}
