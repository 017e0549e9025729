package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
@Timeout(60)
class TlsExpiryCheckTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final int VALID_DAYS = 90;
  private static final Duration WARN_BEFORE = Duration.ofDays(14);

  @TempDir private Path folder;
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    KeyStore keys = TestKeys.create(folder, "2026/01/01 00:00:00", VALID_DAYS);
    server =
        new LoopbackServer(TestKeys.serverSocket(keys), client -> client.getInputStream().read());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HealthResult on(Instant day) throws Exception {
    return new TlsExpiryCheck("127.0.0.1", server.port(), WARN_BEFORE, new ManualTimeSource(day))
        .check(Limit.ample());
  }

  @Test
  void theDatesOfTheCertificateDecide() throws Exception {
    Instant end = FROM.plus(Duration.ofDays(VALID_DAYS));
    HealthResult good = on(FROM.plus(Duration.ofDays(1)));
    assertEquals(HealthStatus.UP, good.status());
    assertEquals(89L, good.details().get("daysLeft"));
    assertEquals(end.toString(), good.details().get("expiresAt"));
    assertEquals(HealthStatus.UP, on(end.minus(WARN_BEFORE)).status());
    HealthResult soon = on(end.minus(WARN_BEFORE).plusSeconds(1));
    assertEquals(HealthStatus.DEGRADED, soon.status());
    assertEquals(HealthCause.TLS, soon.cause());
    assertEquals(HealthStatus.DOWN, on(end.plusSeconds(1)).status());
    assertEquals(HealthStatus.DOWN, on(FROM.minusSeconds(1)).status());
  }

  @Test
  void aServerWithoutTlsIsTls() throws Exception {
    try (LoopbackServer plain =
        new LoopbackServer(client -> client.getOutputStream().write("hello".getBytes()))) {
      HealthResult result =
          Checks.tlsExpiry("127.0.0.1", plain.port(), WARN_BEFORE).check(Limit.ample());
      assertEquals(HealthCause.TLS, result.cause());
    }
  }

  @Test
  void aHandshakeThatStallsIsATimeout() throws Exception {
    try (LoopbackServer silent = LoopbackServer.blackHole()) {
      HealthResult result =
          Checks.tlsExpiry("127.0.0.1", silent.port(), WARN_BEFORE).check(Limit.of(100));
      assertEquals(HealthCause.TIMEOUT, result.cause());
    }
  }
}
