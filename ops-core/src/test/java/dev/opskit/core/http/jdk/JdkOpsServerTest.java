package dev.opskit.core.http.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.testing.Await;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdkOpsServerTest {
  private static final OpsRoutes OK = OpsRoutes.of("/ok", request -> OpsResponse.text(200, "ok"));

  @Test
  void everyMountedEndpointIsServed() throws IOException {
    OpsRoutes more =
        OpsRoutes.of(
            "/fails",
            request -> {
              throw new NoClassDefFoundError("expected");
            });
    try (JdkOpsServer server = JdkOpsServer.builder().mount(OK).mount(more).start();
        RawClient client = new RawClient(server.port())) {
      assertStatus(200, client.send("GET /ok HTTP/1.1\r\n\r\n"));
      assertStatus(500, client.send("GET /fails HTTP/1.1\r\n\r\n"));
      assertStatus(404, client.send("GET / HTTP/1.1\r\n\r\n"));
      assertStatus(200, client.send("GET /ok HTTP/1.1\r\n\r\n"));
    }
  }

  @Test
  void unlessToldOtherwiseItListensOnLoopbackAlone() throws IOException {
    InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
    try (JdkOpsServer server = JdkOpsServer.builder().mount(OK).start()) {
      assertThrows(ConnectException.class, () -> new Socket(elsewhere, server.port()).close());
    }
    try (JdkOpsServer server = JdkOpsServer.builder().host("0.0.0.0").mount(OK).start()) {
      new Socket("127.0.0.1", server.port()).close();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      JdkOpsServer.Builder builder = JdkOpsServer.builder().port(taken.getLocalPort()).mount(OK);
      String message = assertThrows(UncheckedIOException.class, builder::start).getMessage();
      assertTrue(message.contains("127.0.0.1:" + taken.getLocalPort()), message);
    }
  }

  @Test
  void aHostThatIsNotKnownIsNamed() {
    JdkOpsServer.Builder builder = JdkOpsServer.builder().host("no-such-host.invalid").mount(OK);
    String message = assertThrows(UncheckedIOException.class, builder::start).getMessage();
    assertTrue(message.contains("no-such-host.invalid:0"), message);
  }

  @Test
  void anOptionOutOfRangeIsNamedWithItsValue() {
    assertRefused("port is 65536", JdkOpsServer.builder().mount(OK).port(65_536));
    assertRefused("port is -1", JdkOpsServer.builder().mount(OK).port(-1));
    for (Duration bad :
        List.of(
            Duration.ZERO,
            Duration.ofMillis(99),
            Duration.ofMinutes(10).plusNanos(1),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      assertRefused(
          "requestTimeout is " + bad, JdkOpsServer.builder().mount(OK).requestTimeout(bad));
    }
    assertRefused("nothing is mounted", JdkOpsServer.builder());
    assertThrows(IllegalArgumentException.class, () -> JdkOpsServer.builder().mount(OK).mount(OK));
  }

  @Test
  void aBurstOfHundredsIsAnsweredWithoutAnyBeingTurnedAway() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    OpsRoutes held =
        OpsRoutes.of(
            "/held",
            request -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return OpsResponse.text(200, "");
            });
    List<RawClient> burst = new ArrayList<>();
    try (JdkOpsServer server = JdkOpsServer.builder().mount(held).start()) {
      for (int i = 0; i < 500; i++) {
        burst.add(RawClient.sending(server.port(), "GET /held HTTP/1.1\r\n\r\n"));
      }
      release.countDown();
      for (RawClient client : burst) {
        assertStatus(200, client);
      }
    } finally {
      for (RawClient client : burst) {
        client.close();
      }
    }
  }

  @Test
  void closingIsPromptAndLeavesNothingBehindWhateverGoesOn() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    OpsRoutes hanging =
        OpsRoutes.of(
            "/hangs",
            request -> {
              inside.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return OpsResponse.text(200, "");
            });
    JdkOpsServer server = JdkOpsServer.builder().mount(hanging).start();
    try (RawClient waiting = RawClient.sending(server.port(), "GET /hangs HTTP/1.1\r\n\r\n");
        RawClient slow = RawClient.sending(server.port(), "GET /han");
        RawClient silent = new RawClient(server.port())) {
      inside.await();
      long start = TimeSource.system().nanoTime();
      server.close();
      long millis = (TimeSource.system().nanoTime() - start) / 1_000_000;
      assertTrue(millis < 10_000, millis + " ms");
      interrupted.await();
      assertEquals("", waiting.rest());
      assertEquals("", slow.rest());
      assertEquals("", silent.rest());
    }
    Await.until("the threads have ended", () -> threads() == 0);
    server.close();
    JdkOpsServer.builder().port(server.port()).mount(OK).start().close();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ops-http-"))
        .count();
  }

  private static void assertRefused(String what, JdkOpsServer.Builder builder) {
    String message = assertThrows(IllegalArgumentException.class, builder::start).getMessage();
    assertTrue(message.contains(what), message);
  }

  private static void assertStatus(int status, RawClient client) throws IOException {
    String answer = client.answer();
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }
}
