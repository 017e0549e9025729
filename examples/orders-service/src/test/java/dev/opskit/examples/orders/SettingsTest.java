package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void withoutADatabaseThereAreNone() {
    assertNull(Settings.from(Map.of("ORDERS_PORT", "8081")));
  }

  @Test
  void theDefaultsAnswerOrdersEverywhereAndProbesOnLoopback() {
    assertEquals(
        new Settings(
            "0.0.0.0",
            8080,
            "127.0.0.1",
            9000,
            new Settings.Database("db", 5432, "orders"),
            Path.of("/run/secrets/orders"),
            "database",
            Path.of("backups"),
            "0.1.0",
            Duration.ofSeconds(10),
            List.of()),
        Settings.from(Map.of("ORDERS_DB_HOST", "db")));
  }

  @Test
  void eachOneComesFromItsVariable() {
    assertEquals(
        new Settings(
            "::1",
            0,
            "0.0.0.0",
            65_535,
            new Settings.Database("db", 1, "shop"),
            Path.of("/s"),
            "pg",
            Path.of("/b"),
            "7",
            Duration.ZERO,
            List.of(URI.create("http://am-0:9093"), URI.create("http://am-1:9093"))),
        Settings.from(
            Map.ofEntries(
                Map.entry("ORDERS_DB_HOST", "db"),
                Map.entry("ORDERS_DB_PORT", "1"),
                Map.entry("ORDERS_DB_NAME", "shop"),
                Map.entry("ORDERS_HOST", "::1"),
                Map.entry("ORDERS_PORT", "0"),
                Map.entry("OPS_HOST", "0.0.0.0"),
                Map.entry("OPS_PORT", "65535"),
                Map.entry("ORDERS_SECRETS", "/s"),
                Map.entry("ORDERS_DB_SECRET_FILE", "pg"),
                Map.entry("ORDERS_BACKUPS", "/b"),
                Map.entry("ORDERS_DRAIN_SECONDS", "0"),
                Map.entry("ORDERS_ALERTMANAGERS", "http://am-0:9093, http://am-1:9093"),
                Map.entry("ORDERS_VERSION", "7"))));
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERS_PORT, 65536",
    "OPS_PORT, http",
    "ORDERS_DB_PORT, -1",
    "OPS_PORT, ''",
    "ORDERS_PORT, 99999999999",
    "ORDERS_PORT, ٣٤"
  })
  void aPortThatIsNoneIsNamed(String name, String value) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Settings.from(Map.of("ORDERS_DB_HOST", "db", name, value)));
    assertEquals(name + " is '" + value + "', must be 0 to 65535", e.getMessage());
  }
}
