package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.masking.SensitiveValues;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

class JsonEncoderTest {
  private final Lines lines = new Lines(new SensitiveValues());

  @Test
  void aLineHasItsFieldsInTheOrderOfTheirImportance() {
    CorrelationContext context = CorrelationContext.of("id-1");
    try (CorrelationContext.Scope scope = context.open()) {
      lines
          .logger
          .atWarn()
          .addMarker(MarkerFactory.getMarker("AUDIT"))
          .addKeyValue("orderId", 42)
          .setCause(new IllegalStateException("no stock"))
          .log("order {} failed", 42);
    }
    Map<String, Object> line = lines.only();
    assertEquals(
        List.of(
            "timestamp",
            "level",
            "service",
            "version",
            "environment",
            "correlationId",
            "requestId",
            "logger",
            "thread",
            "message",
            "markers",
            "orderId",
            "error"),
        List.copyOf(line.keySet()));
    assertTrue(
        line.get("timestamp")
            .toString()
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    assertEquals("WARN", line.get("level"));
    assertEquals("orders", line.get("service"));
    assertEquals("1.2.3", line.get("version"));
    assertEquals("test", line.get("environment"));
    assertEquals("id-1", line.get("correlationId"));
    assertEquals(context.requestId(), line.get("requestId"));
    assertEquals("test.Logger", line.get("logger"));
    assertEquals(Thread.currentThread().getName(), line.get("thread"));
    assertEquals("order 42 failed", line.get("message"));
    assertEquals(List.of("AUDIT"), line.get("markers"));
    Map<?, ?> error = (Map<?, ?>) line.get("error");
    assertEquals("java.lang.IllegalStateException", error.get("type"));
    assertEquals("no stock", error.get("message"));
    assertTrue(
        error
            .get("stack")
            .toString()
            .startsWith("java.lang.IllegalStateException: no stock\n\tat "));
  }

  @Test
  void valuesKeepTheirTypes() {
    lines
        .logger
        .atInfo()
        .addKeyValue("int", 1)
        .addKeyValue("double", 2.5)
        .addKeyValue("decimal", new BigDecimal("12.30"))
        .addKeyValue("boolean", true)
        .addKeyValue("nothing", (Object) null)
        .addKeyValue("list", List.of(1, "two"))
        .addKeyValue("map", Map.of("a", Map.of("b", 1)))
        .addKeyValue("text", new StringBuilder("three"))
        .log("m");
    Map<String, Object> line = lines.only();
    assertEquals(1, line.get("int"));
    assertEquals(2.5, line.get("double"));
    assertEquals("12.30", new BigDecimal(line.get("decimal").toString()).setScale(2).toString());
    assertEquals(true, line.get("boolean"));
    assertTrue(line.containsKey("nothing"));
    assertNull(line.get("nothing"));
    assertEquals(Arrays.asList(1, "two"), line.get("list"));
    assertEquals(Map.of("a", Map.of("b", 1)), line.get("map"));
    assertEquals("three", line.get("text"));
  }

  @Test
  void aNameThatIsTakenIsRenamedAndNothingIsLost() {
    lines
        .logger
        .atInfo()
        .addKeyValue("level", "mine")
        .addKeyValue("a", 1)
        .addKeyValue("a", 2)
        .log("m");
    Map<String, Object> line = lines.only();
    assertEquals("INFO", line.get("level"));
    assertEquals("mine", line.get("level_2"));
    assertEquals(1, line.get("a"));
    assertEquals(2, line.get("a_2"));
    assertEquals(
        List.of("level: taken, renamed level_2", "a: taken, renamed a_2"), line.get("repaired"));
  }

  @Test
  void withoutAContextTheIdsOfTheMdcAreUsedOnce() {
    MDC.put("correlationId", "id-2");
    MDC.put("tenant", "acme");
    try {
      lines.logger.info("m");
    } finally {
      MDC.clear();
    }
    Map<String, Object> line = lines.only();
    assertEquals("id-2", line.get("correlationId"));
    assertEquals("acme", line.get("tenant"));
    assertFalse(line.containsKey("correlationId_2"));
    assertFalse(line.containsKey("repaired"));
  }

  @Test
  void anUnnamedServiceIsCalledUnknown() {
    lines.encoder.setService(" ");
    lines.logger.info("m");
    assertEquals("unknown", lines.only().get("service"));
  }

  @Test
  void aLongMessageIsCutAndTheLineSaysSo() {
    lines.logger.info("x".repeat(20_000));
    Map<String, Object> line = lines.only();
    assertEquals(5_998, line.get("message").toString().length());
    assertEquals(List.of("message: cut to 5998 of 20000 characters"), line.get("repaired"));
  }

  @Test
  void anElementThatCannotBeReadDoesNotHarmItsNeighbours() {
    Object unreadable =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("expected");
          }
        };
    lines.logger.atInfo().addKeyValue("k", List.of("a", unreadable, "b")).log("m");
    assertEquals(
        List.of("a", "<unreadable: java.lang.IllegalStateException>", "b"), lines.only().get("k"));
  }

  @Test
  void hugeFieldsLeaveRoomForTheTopOfTheStack() {
    for (int i = 0; i < 20; i++) {
      MDC.put("k" + i, "\0".repeat(1_000));
    }
    try {
      lines.logger.error("\0".repeat(10_000), new Exception("why"));
    } finally {
      MDC.clear();
    }
    Map<?, ?> error = (Map<?, ?>) lines.only().get("error");
    assertEquals("why", error.get("message"));
    assertTrue(error.get("stack").toString().length() > 1_000, error.toString());
  }

  @Test
  void theCauseBelowALongStackIsSeen() {
    StackTraceElement[] deep = new StackTraceElement[500];
    Arrays.fill(deep, new StackTraceElement("com.example.Deep", "call", "Deep.java", 7));
    Exception cause = new Exception("the root");
    cause.setStackTrace(new StackTraceElement[] {deep[0]});
    Exception top = new Exception("the top", cause);
    top.setStackTrace(deep);
    lines.logger.error("m", top);
    String stack = ((Map<?, ?>) lines.only().get("error")).get("stack").toString();
    assertTrue(stack.contains("frames cut\nCaused by: java.lang.Exception: the root\n"), stack);
  }
}
