package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class NetworkChecksTest {
  private static HealthCheck http(int port) {
    return Checks.http(URI.create("http://127.0.0.1:" + port + "/health?token=hidden"));
  }

  private static void answer(Socket client, String response) throws IOException {
    byte[] end = new byte[4];
    int at = 0;
    for (int b = client.getInputStream().read(); b >= 0; b = client.getInputStream().read()) {
      end[at++ % 4] = (byte) b;
      if (at >= 4 && end[(at - 1) % 4] == '\n' && end[(at - 3) % 4] == '\n') {
        break;
      }
    }
    client.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
  }

  private static LoopbackServer answering(int status) {
    return new LoopbackServer(
        client -> answer(client, "HTTP/1.1 " + status + " Some\r\nContent-Length: 2\r\n\r\nhi"));
  }

  @Test
  void anOpenPortIsUpAndAClosedOneRefused() throws Exception {
    try (LoopbackServer server = LoopbackServer.blackHole()) {
      HealthResult open = Checks.tcp("127.0.0.1", server.port()).check(Limit.ample());
      assertEquals(HealthStatus.UP, open.status());
    }
    int closed = LoopbackServer.closedPort();
    HealthResult result = Checks.tcp("127.0.0.1", closed).check(Limit.ample());
    assertEquals(HealthCause.REFUSED, result.cause());
    assertEquals(
        "connecting to 127.0.0.1:" + closed + " failed: ConnectException", result.message());
  }

  @Test
  void aNameThatNobodyKnowsIsDns() throws Exception {
    HealthResult result = Checks.tcp("no-such-host.invalid", 80).check(Limit.ample());
    assertEquals(HealthCause.DNS, result.cause());
  }

  @Test
  void aRunWithoutTimeLeftIsATimeout() throws Exception {
    try (LoopbackServer server = LoopbackServer.blackHole()) {
      HealthResult result = Checks.tcp("127.0.0.1", server.port()).check(Limit.of(0));
      assertEquals(HealthCause.TIMEOUT, result.cause());
    }
  }

  @ParameterizedTest
  @CsvSource({"200, UP", "204, UP", "302, UP", "400, DOWN", "404, DOWN", "500, DOWN", "503, DOWN"})
  void aServiceIsJudgedByItsStatus(int status, HealthStatus wanted) throws Exception {
    try (LoopbackServer server = answering(status)) {
      HealthResult result = http(server.port()).check(Limit.ample());
      assertEquals(wanted, result.status());
      assertEquals(status, result.details().get("status"));
      assertFalse(result.toString().contains("hidden"), result.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aServiceThatWantsCredentialsIsAuth(int status) throws Exception {
    try (LoopbackServer server = answering(status)) {
      assertEquals(HealthCause.AUTH, http(server.port()).check(Limit.ample()).cause());
    }
  }

  @Test
  void aServiceThatIsSilentIsATimeout() throws Exception {
    try (LoopbackServer server = LoopbackServer.blackHole()) {
      assertEquals(HealthCause.TIMEOUT, http(server.port()).check(Limit.of(100)).cause());
    }
  }

  @Test
  void aBodyThatTricklesInIsATimeout() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CheckContext threeReads = () -> Duration.ofSeconds(asked.incrementAndGet() > 5 ? 0 : 5);
    try (LoopbackServer server =
        new LoopbackServer(
            client -> {
              answer(client, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
              while (true) {
                client.getOutputStream().write('x');
                client.getOutputStream().flush();
              }
            })) {
      assertEquals(HealthCause.TIMEOUT, http(server.port()).check(threeReads).cause());
    }
  }

  @Test
  void anEndlessBodyIsReadInPart() throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            client -> {
              answer(client, "HTTP/1.1 200 OK\r\n\r\n");
              byte[] much = new byte[64 * 1024];
              while (true) {
                client.getOutputStream().write(much);
              }
            })) {
      assertEquals(HealthStatus.UP, http(server.port()).check(Limit.ample()).status());
    }
  }

  @Test
  void anAnswerThatIsCutIsDown() throws Exception {
    try (LoopbackServer server = new LoopbackServer(client -> answer(client, ""))) {
      HealthResult result = http(server.port()).check(Limit.ample());
      assertEquals(HealthStatus.DOWN, result.status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/x", "/relative", "http://user:secret@host/"})
  void anAddressOfAnotherFormIsRefusedWithoutItsText(String address) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Checks.http(URI.create(address)));
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }
}
