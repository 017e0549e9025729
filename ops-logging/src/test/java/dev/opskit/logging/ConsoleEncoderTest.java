package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.status.Status;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.masking.SensitiveValues;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

class ConsoleEncoderTest {
  private static final String TIME = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";
  private static final String SECRET = "s3cr3t-value-that-is-long.s3cr3t-42";

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("com.example.shop.checkout.internal.Basket");
  private final SensitiveValues sensitive = new SensitiveValues();
  private final StringBuilder out = new StringBuilder();

  @Test
  void aLineForPeopleSaysTheMostImportantThings() {
    attach(new ConsoleEncoder(sensitive, () -> true));
    try (CorrelationContext.Scope scope = CorrelationContext.of("story-order-0001").open()) {
      logger
          .atWarn()
          .addKeyValue("orderId", 1)
          .addKeyValue("item", "blue \"tea\" pot")
          .log("order {} placed", 1);
    }
    assertTrue(
        out.toString()
            .matches(
                TIME
                    + "WARN  c\\.e\\.shop\\.checkout\\.internal\\.Basket \\[story-or\\] order 1"
                    + " placed orderId=1 item=\"blue \\\\\"tea\\\\\" pot\"\n"),
        out.toString());
  }

  @Test
  void withoutCorrelationThereIsNoPlaceForIt() {
    attach(new ConsoleEncoder(sensitive, () -> true));
    context.getLogger("a.B").info("up");
    assertTrue(out.toString().matches(TIME + "INFO  a\\.B up\n"), out.toString());
  }

  @Test
  void theIdOfTheMdcIsShownWhereThereIsNoContext() {
    attach(new ConsoleEncoder(sensitive, () -> true));
    try (MDC.MDCCloseable id = MDC.putCloseable("correlationId", "mdc-id-123456")) {
      context.getLogger("a.B").info("up");
    }
    assertTrue(out.toString().contains(" [mdc-id-1] up"), out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "auto,true,true",
    "auto,false,false",
    "'',true,true",
    "json,true,false",
    "JSON,true,false",
    "text,false,true",
    "' Text ',false,true"
  })
  void thereIsTextOnATerminalAndJsonElsewhereUnlessSaidOtherwise(
      String format, boolean terminal, boolean text) {
    ConsoleEncoder encoder = new ConsoleEncoder(sensitive, () -> terminal);
    encoder.setFormat(format);
    attach(encoder);
    logger.info("hello");
    assertEquals(text, !out.toString().startsWith("{"), out.toString());
    assertEquals(0, problems());
  }

  @Test
  void anUnknownFormatIsReportedAndTheDefaultUsed() {
    ConsoleEncoder encoder = new ConsoleEncoder(sensitive, () -> false);
    encoder.setContext(context);
    encoder.setFormat("loud");
    attach(encoder);
    logger.info("hello");
    assertTrue(out.toString().startsWith("{"), out.toString());
    assertEquals(1, problems());
  }

  @Test
  void jsonOnTheConsoleNamesTheServiceAndHasItsSchema() {
    ConsoleEncoder encoder = new ConsoleEncoder(sensitive, () -> false);
    encoder.setService("orders");
    encoder.setVersion("1.2.3");
    encoder.setEnvironment("test");
    encoder.setSchema("ECS");
    attach(encoder);
    logger.info("hello");
    Map<String, Object> line = StrictJson.object(out.toString().getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of("orders", "1.2.3", "test"),
        List.of(
            line.get("service.name"),
            line.get("service.version"),
            line.get("service.environment")));
  }

  @Test
  void secretsAreMaskedInAllPartsOfALine() {
    sensitive.register(SECRET.getBytes(StandardCharsets.UTF_8));
    attach(new ConsoleEncoder(sensitive, () -> true));
    Exception cause = new Exception("refused: " + SECRET);
    Exception thrown = new Exception(SECRET, cause);
    thrown.addSuppressed(new Exception(SECRET));
    try (CorrelationContext.Scope scope = CorrelationContext.of(SECRET).open()) {
      context
          .getLogger("a.very.long.name.of.some.logger." + SECRET)
          .atError()
          .addKeyValue("plain", SECRET)
          .addKeyValue(SECRET, 1)
          .addKeyValue("in", Map.of("list", List.of(SECRET)))
          .setCause(thrown)
          .log("connecting with {}", SECRET);
    }
    assertTrue(out.toString().contains("connecting with ***"), out.toString());
    assertFalse(out.toString().contains("s3cr3t"), out.toString());
  }

  @Test
  void valuesAreHiddenByTellingNamesInsideOfMapsToo() {
    attach(new ConsoleEncoder(sensitive, () -> true));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("user", "ann");
    map.put("password", "hunter2");
    logger.atInfo().addKeyValue("apiKey", 123).addKeyValue("login", map).log("m");
    assertTrue(
        out.toString()
            .endsWith(" m apiKey=\"***\" login={\"user\":\"ann\",\"password\":\"***\"}\n"),
        out.toString());
  }

  @Test
  void nothingThatATerminalWouldObeyIsWrittenAndNoLineForged() {
    attach(new ConsoleEncoder(sensitive, () -> true));
    String hostile = "\u001b[2J\n12:00:00.000 ERROR forged\r\b\u009b31m\u202e\u2028\u0000\u007f";
    logger
        .atInfo()
        .addKeyValue("k" + hostile, hostile)
        .setCause(new Exception(hostile))
        .log(hostile + "é \uD83D\uDE00 \uD83D \"\\");
    String text = out.toString();
    assertTrue(
        text.codePoints().allMatch(c -> c == '\n' || c == '\t' || isHarmless(c)),
        () -> text.replaceAll("\\P{Print}", "?"));
    assertTrue(
        text.contains("Basket \\u001b[2J\\n12:00:00.000 ERROR forged\\r\\b\\u009b31m"), text);
    assertTrue(text.contains("Exception: \\u001b[2J\\n12:00:00.000 ERROR forged\\r\\b"), text);
    assertTrue(text.contains("é \uD83D\uDE00 \\ud83d \"\\"), text);
    assertEquals(
        0, text.lines().filter(line -> line.startsWith("12:00:00.000 ERROR forged")).count());
  }

  @Test
  void anExceptionIsWrittenAsJavaPrintsIt() {
    attach(new ConsoleEncoder(sensitive, () -> true));
    Exception thrown = new IllegalStateException("outer", new Exception("in", new Error()));
    thrown.addSuppressed(new Exception("beside", new Exception("below")));
    logger.error("failed", thrown);
    StringWriter printed = new StringWriter();
    thrown.printStackTrace(new PrintWriter(printed, true));
    assertEquals(printed.toString(), out.substring(out.indexOf("\n") + 1));
  }

  @Test
  void whatCannotBeReadCostsNeitherTheLineNorTheNext() {
    attach(new ConsoleEncoder(sensitive, () -> true));
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("broken");
          }
        };
    Exception circular = new Exception("a");
    circular.initCause(new Exception("b", circular));
    Map<String, Object> cyclic = new LinkedHashMap<>();
    cyclic.put("self", cyclic);
    logger.atInfo().addKeyValue("broken", broken).addKeyValue("cyclic", cyclic).log("one");
    logger.error("two", circular);
    logger.info("three " + "x".repeat(1_000_000));
    List<String> lines = out.toString().lines().filter(l -> l.matches(TIME + ".*")).toList();
    assertEquals(3, lines.size(), out.toString());
    assertTrue(lines.get(0).contains("broken=\"<unreadable: java.lang.IllegalStateException>\""));
    assertTrue(lines.get(2).length() < 20_000);
  }

  private static boolean isHarmless(int c) {
    return c >= 0x20
        && (c < 0x7f || c > 0x9f)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.LINE_SEPARATOR;
  }

  private int problems() {
    return (int)
        context.getStatusManager().getCopyOfStatusList().stream()
            .filter(status -> status.getLevel() >= Status.WARN)
            .count();
  }

  private void attach(ConsoleEncoder encoder) {
    context.setMDCAdapter(MDC.getMDCAdapter());
    encoder.setContext(context);
    encoder.start();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            out.append(new String(encoder.encode(event), StandardCharsets.UTF_8));
          }
        };
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }
}
