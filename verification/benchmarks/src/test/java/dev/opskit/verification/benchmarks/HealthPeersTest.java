package dev.opskit.verification.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class HealthPeersTest {
  private static final String MEMBER = "\"%s\":{\"status\":\"UP\"}";
  private static final String ELEMENT = "{\"name\":\"%s\",\"status\":\"UP\"";

  private final AtomicInteger runs = new AtomicInteger();

  static Stream<Arguments> peers() {
    return Stream.of(
        peer("opskit", OpskitPeer::inBackground, ELEMENT, 0),
        peer("opskit, on demand", OpskitPeer::onDemand, ELEMENT, 0),
        peer("Spring Boot", SpringPeer::with, MEMBER, 20),
        peer("SmallRye", SmallRyePeer::with, ELEMENT, 20));
  }

  private static Arguments peer(String name, HealthPeer.Factory factory, String check, int runs) {
    return Arguments.of(name, factory, check, runs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("peers")
  void theBodySaysThatTenChecksAreUp(String name, HealthPeer.Factory factory, String check, int ran)
      throws Exception {
    List<Runnable> checks = HealthPeer.checks(10, runs::incrementAndGet);
    try (HealthPeer peer = factory.with(checks)) {
      while (body(peer).contains("NOT_YET_RUN")) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      runs.set(0);
      String body = body(peer);
      for (int i = 0; i < 10; i++) {
        assertTrue(body.contains(check.formatted(HealthPeer.nameOf(i))), body);
      }
      assertEquals(1 + 10, body.split("\"status\":\"UP\"", -1).length - 1, body);
      body(peer);
      assertEquals(ran, runs.get(), "how often checks ran for two probes");
    }
  }

  private static String body(HealthPeer peer) throws IOException {
    return new String(peer.probe(), StandardCharsets.UTF_8).replaceAll("\\s", "");
  }
}
