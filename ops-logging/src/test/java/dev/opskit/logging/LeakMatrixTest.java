package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/** Every place of a line, every form of a secret, on the caller's thread and behind a queue. */
class LeakMatrixTest {
  private static final Map<String, BiConsumer<Logger, String>> PLACES =
      Map.ofEntries(
          Map.entry("message", (logger, text) -> logger.info("a " + text + " b")),
          Map.entry("argument", (logger, text) -> logger.info("a {} b {}", text, 1)),
          Map.entry("value", (logger, text) -> logger.atInfo().addKeyValue("k", text).log("m")),
          Map.entry("name", (logger, text) -> logger.atInfo().addKeyValue(text, "v").log("m")),
          Map.entry(
              "list in a map",
              (logger, text) ->
                  logger.atInfo().addKeyValue("k", Map.of(text, List.of(text))).log("m")),
          Map.entry("mdc value", (logger, text) -> withMdc("k", text, () -> logger.info("m"))),
          Map.entry("mdc name", (logger, text) -> withMdc(text, "v", () -> logger.info("m"))),
          Map.entry("context value", (logger, text) -> withField("k", text, logger)),
          Map.entry("context name", (logger, text) -> withField(text, "v", logger)),
          Map.entry("exception", (logger, text) -> logger.error("m", new Exception(text))),
          Map.entry(
              "cause",
              (logger, text) ->
                  logger.error("m", new Exception("outer", new IllegalStateException(text)))),
          Map.entry("suppressed", (logger, text) -> logger.error("m", suppressing(text))),
          Map.entry(
              "toString",
              (logger, text) -> logger.atInfo().addKeyValue("k", new StringBuilder(text)).log("m")),
          Map.entry(
              "marker", (logger, text) -> logger.info(MarkerFactory.getDetachedMarker(text), "m")),
          Map.entry(
              "logger", (logger, text) -> logger.getLoggerContext().getLogger(text).info("m")),
          Map.entry("thread", LeakMatrixTest::onThread));

  private final SensitiveValues sensitive = new SensitiveValues();
  private final Lines lines = new Lines(sensitive);
  private final Recorder recorder = new Recorder();

  @BeforeEach
  void record() {
    recorder.setContext(lines.context);
    recorder.start();
    root().detachAppender(lines);
    root().addAppender(recorder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noPartOfASecretIsSeenInAnyFormAndPlace(boolean async) {
    sensitive.register(utf8());
    assertEquals(List.of(), leaks(async));
  }

  @Test
  void theMatrixSeesALeakInEachOfItsCells() {
    List<String> leaks = leaks(false);
    assertEquals(PLACES.size() * SecretForms.all().size(), leaks.size(), leaks.toString());
  }

  @Test
  void duringARotationTheOldValueStaysMaskedUntilItsRegistrationIsClosed() {
    Subscription old = sensitive.register(utf8());
    Subscription next = sensitive.register("the-next-value".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(), leaks(false));
    old.close();
    lines.logger.info("the-next-value");
    String last = recorder.texts.get(recorder.texts.size() - 1);
    assertTrue(last.contains("\"message\":\"***\""), last);
    assertTrue(leaks(false).size() > 100);
    next.close();
  }

  private List<String> leaks(boolean async) {
    CorrelatedAsyncAppender appender = async ? startAsync() : null;
    List<String> cells = new ArrayList<>();
    List<SecretForms> forms = new ArrayList<>();
    int before = recorder.texts.size();
    PLACES.forEach(
        (place, log) ->
            SecretForms.all()
                .forEach(
                    form -> {
                      log.accept(lines.logger, form.text());
                      cells.add(place + " × " + form);
                      forms.add(form);
                    }));
    if (appender != null) {
      appender.stop();
    }
    List<String> texts = recorder.texts.subList(before, recorder.texts.size());
    assertEquals(cells.size(), texts.size());
    List<String> leaks = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      if (forms.get(i).leaks().stream().anyMatch(text::contains)) {
        leaks.add(cells.get(i) + ": " + text);
      }
    }
    return leaks;
  }

  private CorrelatedAsyncAppender startAsync() {
    CorrelatedAsyncAppender async = new CorrelatedAsyncAppender();
    async.setContext(lines.context);
    async.setDiscardingThreshold(0);
    root().detachAppender(recorder);
    async.addAppender(recorder);
    async.start();
    root().addAppender(async);
    return async;
  }

  private Logger root() {
    return lines.context.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  private static void withMdc(String name, String value, Runnable log) {
    try (MDC.MDCCloseable entry = MDC.putCloseable(name, value)) {
      log.run();
    }
  }

  private static void withField(String name, String value, Logger logger) {
    try (CorrelationContext.Scope scope = CorrelationContext.create().with(name, value).open()) {
      logger.info("m");
    }
  }

  private static Exception suppressing(String text) {
    Exception thrown = new Exception("outer");
    thrown.addSuppressed(new Exception(text));
    return thrown;
  }

  private static void onThread(Logger logger, String name) {
    Thread thread = Thread.currentThread();
    String before = thread.getName();
    thread.setName(name);
    try {
      logger.info("m");
    } finally {
      thread.setName(before);
    }
  }

  private static byte[] utf8() {
    return SecretForms.SECRET.getBytes(StandardCharsets.UTF_8);
  }

  private final class Recorder extends AppenderBase<ILoggingEvent> {
    final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      texts.add(new String(lines.encoder.encode(event), StandardCharsets.UTF_8));
    }
  }
}
