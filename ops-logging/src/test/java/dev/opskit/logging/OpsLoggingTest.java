package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

class OpsLoggingTest {
  @TempDir private Path folder;

  private final LoggerContext context = new LoggerContext();
  private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> hosts = new ListAppender<>();

  @BeforeEach
  void theHostHasAnAppender() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    hosts.setContext(context);
    hosts.start();
    root.addAppender(hosts);
    root.setLevel(Level.ERROR);
  }

  @Test
  void everythingIsInOneFileAndErrorsInAnotherToo() throws IOException {
    try (OpsLogging logging =
        quiet().service("orders").version("1.2").environment("test").level("debug").start()) {
      context.getLogger("a").trace("not seen");
      context.getLogger("a").debug("fine");
      context.getLogger("a").error("broken", new IllegalStateException("why"));
    }
    assertEquals(List.of("fine", "broken"), all("combined.log", "message"));
    assertEquals(List.of("broken"), all("error.log", "message"));
    assertEquals(
        List.of("orders", "1.2", "test"),
        Stream.of("service", "version", "environment")
            .map(name -> lines("error.log").get(0).get(name))
            .toList());
    assertEquals(0, hosts.list.size());
  }

  @Test
  void closingGivesBackWhatWasThere() {
    context.getLogger("a.b").setLevel(Level.WARN);
    OpsLogging logging = quiet().level("a.b", "TRACE").level("c", "DEBUG").start();
    assertEquals(Level.INFO, root.getLevel());
    assertEquals(Level.TRACE, context.getLogger("a.b").getLevel());
    assertFalse(root.isAttached(hosts));
    Appender<ILoggingEvent> combined = root.getAppender("combined");
    logging.close();
    logging.close();
    context.getLogger("a").error("to the host's appender");

    assertEquals(1, hosts.list.size());
    assertTrue(hosts.isStarted());
    assertFalse(combined.isStarted(), "its file is closed");
    assertEquals(Level.ERROR, root.getLevel());
    assertEquals(Level.WARN, context.getLogger("a.b").getLevel());
    assertNull(context.getLogger("c").getLevel());
    assertNull(root.getAppender("combined"));
    assertEquals(0, context.getTurboFilterList().size());
    assertEquals(0, context.getStatusManager().getCopyOfStatusListenerList().size());
  }

  @Test
  void afterClosingItCanBeStartedOnTheSameFilesAgain() throws IOException {
    for (String message : List.of("one", "two")) {
      try (OpsLogging logging = quiet().start()) {
        context.getLogger("a").info(message);
      }
    }
    assertEquals(List.of("one", "two"), all("combined.log", "message"));
  }

  @Test
  void aConfigurationThatCameInBetweenStays() {
    OpsLogging logging = quiet().start();
    context.reset();
    ListAppender<ILoggingEvent> newer = new ListAppender<>();
    newer.setContext(context);
    newer.start();
    root.addAppender(newer);
    root.setLevel(Level.WARN);
    logging.close();
    context.getLogger("a").warn("to the newer one");

    assertEquals(1, newer.list.size());
    assertEquals(Level.WARN, root.getLevel());
    assertFalse(root.isAttached(hosts));
  }

  @Test
  void anExceptionThatCannotBeReadDoesNotReachTheCaller() throws IOException {
    try (OpsLogging logging = quiet().start()) {
      context
          .getLogger("a")
          .error(
              "broken",
              new RuntimeException() {
                private static final long serialVersionUID = 1;

                @Override
                public String getMessage() {
                  throw new IllegalStateException("unreadable");
                }
              });
    }
    assertEquals(List.of("broken"), all("error.log", "message"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedOnceAndTheConsoleGoesOn() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
    String said;
    try {
      said =
          errorsOf(
              () -> {
                try (OpsLogging logging =
                    OpsLogging.builder()
                        .context(context)
                        .folder(file.resolve("logs"))
                        .console(ConsoleFormat.JSON)
                        .start()) {
                  for (int i = 0; i < 10; i++) {
                    context.getLogger("a").error("goes on");
                  }
                }
              });
    } finally {
      System.setOut(out);
    }
    assertEquals(10, console.toString(StandardCharsets.UTF_8).lines().count());
    assertEquals(1, said.lines().count(), said);
    assertNamedOnce(said, "the log folder '" + file.resolve("logs") + "' cannot be written");
  }

  @Test
  void operatorsHaveTheLastWord() throws IOException {
    Path theirs = folder.resolve("theirs");
    Map<String, String> variables =
        Map.of(
            "SERVICE_NAME", "renamed",
            "LOG_LEVEL", "warn",
            "LOG_LEVELS", "a.b=DEBUG, c=OFF",
            "LOG_SCHEMA", "logstash",
            "LOG_FOLDER", theirs.toString(),
            "LOG_CONSOLE_LEVEL", "OFF",
            "LOG_CONSOLE", "text",
            "SERVICE_VERSION", "");
    try (OpsLogging logging =
        OpsLogging.builder()
            .overriddenBy(variables)
            .context(context)
            .service("orders")
            .version("1.2")
            .level("a.b", "ERROR")
            .folder(folder)
            .start()) {
      context.getLogger("a").info("not seen");
      context.getLogger("a.b").debug("seen");
      context.getLogger("c").error("not seen");
    }
    List<Map<String, Object>> lines = lines("theirs/combined.log");
    assertEquals(1, lines.size());
    assertEquals("renamed", lines.get(0).get("service"));
    assertEquals("1.2", lines.get(0).get("version"));
    assertEquals("a.b", lines.get(0).get("logger_name"));
    assertFalse(Files.exists(folder.resolve("combined.log")));
  }

  @Test
  void aWrongSettingOfAnOperatorIsNamedOnceAndLeftOut() throws IOException {
    Map<String, String> variables =
        Map.of(
            "LOG_LEVEL", "LOUD",
            "LOG_LEVELS", "a=DEBUG,b=LOUDER,nonsense",
            "LOG_SCHEMA", "XML",
            "LOG_FOLDER", "100%",
            "LOG_CONSOLE", "colour",
            "LOG_CONSOLE_LEVEL", "LOUDEST");
    String said =
        errorsOf(
            () -> {
              try (OpsLogging logging = quiet().overriddenBy(variables).start()) {
                context.getLogger("a").debug("seen");
                context.getLogger("b").debug("not seen");
              }
            });
    assertEquals(List.of("seen"), all("combined.log", "message"));
    assertEquals(7, said.lines().count(), said);
    assertNamedOnce(
        said, "LOG_LEVEL is 'LOUD', must be TRACE, DEBUG, INFO, WARN, ERROR or OFF; using INFO");
    assertNamedOnce(said, "LOG_LEVELS of b is 'LOUDER', must be ");
    assertNamedOnce(said, "LOG_LEVELS has 'nonsense', must be like com.example=DEBUG");
    assertNamedOnce(said, "LOG_SCHEMA is 'XML', must be OPS, ECS or LOGSTASH; using OPS");
    assertNamedOnce(said, "LOG_FOLDER is '100%', must be ");
    assertNamedOnce(said, "LOG_CONSOLE is 'colour', must be auto, json or text; using AUTO");
    assertNamedOnce(said, "LOG_CONSOLE_LEVEL is 'LOUDEST', must be ");
  }

  @ParameterizedTest
  @MethodSource
  void aWrongOptionIsNamedWithItsValue(String message, Consumer<OpsLoggingBuilder> wrong) {
    OpsLoggingBuilder builder = quiet();
    wrong.accept(builder);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> builder.start().close());
    assertEquals(message, refused.getMessage());
    assertTrue(root.isAttached(hosts), "nothing was changed");
  }

  static Stream<Arguments> aWrongOptionIsNamedWithItsValue() {
    String levels = ", must be TRACE, DEBUG, INFO, WARN, ERROR or OFF";
    return Stream.of(
        wrong("level is 'LOUD'" + levels, b -> b.level("LOUD")),
        wrong("level of a.b is ''" + levels, b -> b.level("a.b", "")),
        wrong("consoleLevel is 'ALL'" + levels, b -> b.consoleLevel("ALL")),
        wrong("logger is ' ', must not be blank", b -> b.level(" ", "INFO")),
        wrong("service is '', must not be blank", b -> b.service("")),
        wrong("version is ' ', must not be blank", b -> b.version(" ")),
        wrong("environment is '', must not be blank", b -> b.environment("")),
        wrong("schema is 'XML', must be OPS, ECS or LOGSTASH", b -> b.schema("XML")),
        wrong("folder is '100%', must not contain '%'", b -> b.folder(Path.of("100%"))),
        wrong("maxFileBytes is 1023, must be 1024 to 1099511627776", b -> b.maxFileBytes(1023)),
        wrong("keepCombined days is 0, must be 1 to 3650", b -> b.keepCombined(0, 1L << 30)),
        wrong(
            "keepError totalBytes is 9999, must be 10000 to 1099511627776",
            b -> b.maxFileBytes(10_000).keepError(1, 9_999)));
  }

  private static Arguments wrong(String message, Consumer<OpsLoggingBuilder> options) {
    return Arguments.of(message, options);
  }

  private OpsLoggingBuilder quiet() {
    return OpsLogging.builder().context(context).folder(folder).consoleLevel("OFF");
  }

  private static String errorsOf(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return errors.toString(StandardCharsets.UTF_8);
  }

  private static void assertNamedOnce(String said, String what) {
    List<String> naming = said.lines().filter(line -> line.contains(what)).toList();
    assertEquals(1, naming.size(), said);
    assertTrue(naming.get(0).startsWith("logging: "), said);
  }

  private List<Object> all(String file, String field) throws IOException {
    return lines(file).stream().map(line -> line.get(field)).toList();
  }

  private List<Map<String, Object>> lines(String file) {
    try {
      return Files.readAllLines(folder.resolve(file)).stream()
          .map(line -> StrictJson.object(line.getBytes(StandardCharsets.UTF_8)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
