package dev.opskit.core.http.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.testing.Await;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SlowClientsTest {
  private static final String OK = "GET /ok HTTP/1.1\r\n\r\n";
  private static final byte[] HUGE = new byte[16 << 20];
  private static final Duration SHORT = Duration.ofMillis(300);

  private final CountDownLatch release = new CountDownLatch(1);
  private final OpsRoutes routes =
      OpsRoutes.of("/ok", request -> OpsResponse.text(200, "ok"))
          .and("/huge", request -> new OpsResponse(200, Map.of(), HUGE))
          .and(
              "/slow",
              request -> {
                release.await();
                return OpsResponse.text(200, "late");
              });
  private final List<RawClient> clients = new ArrayList<>();

  @AfterEach
  void disconnect() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }

  @Test
  void aClientWhoseHeaderTricklesInIsCutOff() throws IOException {
    try (JdkOpsServer server = server(SHORT)) {
      RawClient client = client(server, "GET /ok HTTP/1.1\r\nX-Endless: ");
      Await.until("it is cut off while it goes on sending", client::isCutOff);
      assertEquals("", client.rest());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"G", "GET /ok HTTP/1.1\r\n", "POST /ok HTTP/1.1\r\nContent-Length: 9\r\n\r\n1"})
  void aClientThatStopsInTheMiddleIsCutOff(String beginning) throws IOException {
    try (JdkOpsServer server = server(SHORT)) {
      long start = TimeSource.system().nanoTime();
      assertEquals("", client(server, beginning).rest());
      long millis = (TimeSource.system().nanoTime() - start) / 1_000_000;
      assertTrue(millis >= SHORT.toMillis() && millis < 20_000, millis + " ms");
      assertServed(server);
    }
  }

  @Test
  void aClientThatDoesNotReadItsAnswerIsCutOff() throws IOException {
    try (JdkOpsServer server = server(SHORT)) {
      RawClient client = client(server, "GET /huge HTTP/1.1\r\n\r\n");
      Await.until("it is cut off", client::isCutOff);
      assertTrue(client.rest().length() < HUGE.length);
      assertServed(server);
    }
  }

  @Test
  void anEndpointThatHangsIsInterrupted() throws IOException {
    try (JdkOpsServer server = server(SHORT)) {
      String answer = client(server, "GET /slow HTTP/1.1\r\n\r\n").answer();
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 500 "), answer);
      assertServed(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /ok HT",
        "POST /ok HTTP/1.1\r\nContent-Length: 9\r\n\r\n1",
        "GET /huge HTTP/1.1\r\n\r\n"
      })
  void aHundredSlowClientsDoNotKeepAHealthyOneOut(String slowly) throws IOException {
    try (JdkOpsServer server = server(Duration.ofMinutes(1))) {
      for (int i = 0; i < 100; i++) {
        client(server, slowly);
      }
      long start = TimeSource.system().nanoTime();
      assertServed(server);
      long millis = (TimeSource.system().nanoTime() - start) / 1_000_000;
      assertTrue(millis < 30_000, millis + " ms");
    }
  }

  @Test
  void whatWaitsForItsEndpointIsNotCutOffForOthers() throws IOException {
    try (JdkOpsServer server = server(Duration.ofMinutes(1))) {
      RawClient patient = client(server, "GET /slow HTTP/1.1\r\n\r\n");
      for (int i = 0; i < 100; i++) {
        client(server, "GET /ok HT");
      }
      assertServed(server);
      release.countDown();
      assertTrue(patient.answer().endsWith("late"));
    }
  }

  private JdkOpsServer server(Duration timeout) {
    return JdkOpsServer.builder().mount(routes).requestTimeout(timeout).start();
  }

  private RawClient client(JdkOpsServer server, String text) throws IOException {
    RawClient client = RawClient.sending(server.port(), text);
    clients.add(client);
    return client;
  }

  private void assertServed(JdkOpsServer server) throws IOException {
    String answer = "";
    for (int tries = 0; tries < 3 && answer.isEmpty(); tries++) {
      answer = client(server, OK).answer();
    }
    assertTrue(answer.endsWith("\r\n\r\nok"), answer);
  }
}
