package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadPathTest {
  private final Health health =
      Health.builder()
          .check(
              "db",
              context -> HealthResult.down(HealthCause.AUTH, "no such user").with("host", "db1"),
              o -> o.tags("storage", "main"))
          .start();

  @BeforeEach
  void runOnce() throws InterruptedException {
    while (!body(HealthEndpoints.of(health), "/ready").contains("AUTH")) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @AfterEach
  void close() {
    health.close();
  }

  private static String body(OpsRoutes routes, String path) {
    return new String(routes.handle(OpsRequest.get(path)).body(), StandardCharsets.UTF_8);
  }

  @Test
  void readingAnAnswerAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    for (int i = 0; i < 20_000; i++) {
      health.answer(Page.READY, false);
    }
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 1_000; i++) {
        health.answer(Page.READY, false);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    assertTrue(least < 1_000, "a thousand answers allocated " + least + " bytes");
  }

  @Test
  void detailsAreForThoseWhomTheHostAuthorises() {
    OpsRoutes routes =
        HealthEndpoints.of(health, request -> "yes".equals(request.header("x-may-see")));
    String everybody = body(routes, "/status");
    assertTrue(
        everybody.contains("{\"name\":\"db\",\"status\":\"DOWN\",\"cause\":\"AUTH\",\"since\":\""),
        everybody);
    assertTrue(everybody.contains("\"tags\":[\"main\",\"storage\"]"), everybody);
    assertFalse(everybody.contains("no such user"), everybody);
    assertFalse(everybody.contains("db1"), everybody);
    OpsRequest authorised =
        new OpsRequest(
            "GET", "/status", null, Map.of("x-may-see", List.of("yes")), new byte[0], null);
    String details = new String(routes.handle(authorised).body(), StandardCharsets.UTF_8);
    assertTrue(details.contains("\"message\":\"no such user\""), details);
    assertTrue(details.contains("\"details\":{\"host\":\"db1\"}"), details);
    assertEquals(everybody, body(HealthEndpoints.of(health), "/status"));
  }

  @Test
  void aProbeChangesNothing() {
    OpsRoutes routes = HealthEndpoints.of(health);
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "BREW"}) {
      OpsResponse response =
          routes.handle(new OpsRequest(method, "/ready", null, Map.of(), new byte[0], null));
      assertEquals(405, response.status());
      assertEquals("GET, HEAD", response.headers().get("Allow"));
    }
    assertEquals(404, routes.handle(OpsRequest.get("/ready/")).status());
  }

  @Test
  void theHistoryOfAnUnknownCheckIsRefusedByName() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> health.history("dbb")).getMessage();
    assertEquals("there is no check 'dbb'", message);
    assertSame(1, health.history("db").size());
  }
}
