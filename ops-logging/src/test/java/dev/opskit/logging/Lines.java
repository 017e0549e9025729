package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.MDC;

/** A logger context of a test's own, and the lines that its encoder made. */
final class Lines extends AppenderBase<ILoggingEvent> {
  final SensitiveValues sensitive;
  final JsonEncoder encoder;
  final LoggerContext context = new LoggerContext();
  final Logger logger = context.getLogger("test.Logger");
  private final List<byte[]> lines = new CopyOnWriteArrayList<>();

  Lines(SensitiveValues sensitive) {
    this.sensitive = sensitive;
    this.encoder = new JsonEncoder(sensitive);
    encoder.setService("orders");
    encoder.setVersion("1.2.3");
    encoder.setEnvironment("test");
    ThrowableGuard guard = new ThrowableGuard();
    guard.start();
    context.addTurboFilter(guard);
    context.setMDCAdapter(MDC.getMDCAdapter());
    setContext(context);
    start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(encoder.encode(event));
  }

  int count() {
    return lines.size();
  }

  /** The only line so far, after checking what holds for every line. */
  Map<String, Object> only() {
    assertEquals(1, lines.size());
    return parsed().get(0);
  }

  String onlyText() {
    assertEquals(1, lines.size());
    return text(lines.get(0));
  }

  List<Map<String, Object>> parsed() {
    return lines.stream().map(Lines::parse).toList();
  }

  static Map<String, Object> parse(byte[] line) {
    String text = text(line);
    assertTrue(line.length <= EventWriter.MAX_BYTES, line.length + " bytes");
    assertEquals(text.length() - 1, text.indexOf('\n'), "one line, ended");
    assertTrue(text.chars().allMatch(c -> c == '\n' || c >= 0x20), "no control characters");
    return StrictJson.object(line);
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}
