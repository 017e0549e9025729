package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.masking.SensitiveValues;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/** The lines of each schema, as files that are read by people. */
class SchemaTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Lines lines = new Lines(new SensitiveValues());

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash"})
  void aLineIsAsInItsFile(String schema) throws IOException {
    lines.encoder.setSchema(schema);
    assertEquals(golden(schema + ".json"), line());
  }

  /** Each name that ECS defines has the type that ECS gives it. */
  @Test
  void ecsNamesHaveTheTypesOfEcs() throws IOException {
    lines.encoder.setSchema("ECS");
    Map<String, Object> line = StrictJson.object(line().getBytes(StandardCharsets.UTF_8));
    Map<String, String> types =
        golden("ecs-fields-8.11.txt")
            .lines()
            .filter(field -> !field.startsWith("#"))
            .collect(Collectors.toMap(f -> f.split(" ")[0], f -> f.split(" ")[1]));
    for (String field : List.copyOf(line.keySet())) {
      String type = types.get(field);
      if (field.equals("orderId") || field.equals("host_2") || field.equals("repaired")) {
        continue;
      }
      assertNotNull(type, field + " is not of ECS");
      boolean isText =
          type.equals("keyword[]") ? line.get(field) instanceof List : isText(line, field);
      assertTrue(isText, field);
    }
  }

  @Test
  void anUnknownSchemaIsNamedAndTheDefaultIsUsed() {
    lines.encoder.setContext(lines.context);
    lines.encoder.setSchema("GELF");
    lines.logger.info("m");
    assertEquals("m", lines.only().get("message"));
    assertTrue(lines.only().containsKey("timestamp"));
    assertTrue(
        lines.context.getStatusManager().getCopyOfStatusList().stream()
            .anyMatch(status -> status.getMessage().contains("GELF")));
  }

  private static boolean isText(Map<String, Object> line, String field) {
    return line.get(field) instanceof String;
  }

  private String line() {
    Exception thrown = new IllegalStateException("no stock");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.example.Stock", "take", "Stock.java", 42)
        });
    Object[] arguments = {1};
    LoggingEvent event =
        new LoggingEvent(
            Logger.FQCN, lines.logger, Level.WARN, "order {} failed", thrown, arguments);
    event.setInstant(Instant.parse("2026-11-24T18:14:40.067Z"));
    event.setThreadName("worker-1");
    event.addMarker(MarkerFactory.getMarker("AUDIT"));
    event.setKeyValuePairs(
        List.of(new KeyValuePair("orderId", 1), new KeyValuePair("host", "a plain text")));
    event.setMDCPropertyMap(Map.of());
    Function<String, @Nullable String> headers = Map.of("traceparent", TRACE)::get;
    CorrelationContext context = CorrelationContext.accept(headers);
    try (CorrelationContext.Scope scope = context.open()) {
      return new String(lines.encoder.encode(event), StandardCharsets.UTF_8)
          .replace(context.requestId(), "REQUEST_ID");
    }
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream(name)) {
      assertNotNull(in, name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
