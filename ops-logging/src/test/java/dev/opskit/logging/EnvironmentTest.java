package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators set, and get wrong, with logback as it starts in a service. */
class EnvironmentTest {
  private static final String DEFAULTS =
      "<configuration><include resource=\"dev/opskit/logging/defaults.xml\"/></configuration>";
  private static final String TEXT =
      "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  com\\.example\\.Shop hello";

  @TempDir private Path folder;

  @Test
  void levelsComeFromTheEnvironment() throws Exception {
    LoggingProcess process =
        LoggingProcess.run(
            folder,
            DEFAULTS,
            Map.of("LOG_LEVEL", "error", "LOG_LEVELS", "com.example=DEBUG, com.unused=OFF"));
    assertEquals(List.of("in detail", "hello"), messages(process.out));
    assertEquals(List.of(), process.err);
    assertEquals(List.of("in detail", "hello"), messages(file("combined.log")));
  }

  @Test
  void levelsOfTheEnvironmentWinOverThoseOfTheHostsFile() throws Exception {
    String own = "<logger name=\"com.example\" level=\"ERROR\"/></configuration>";
    LoggingProcess process =
        LoggingProcess.run(
            folder,
            DEFAULTS.replace("</configuration>", own),
            Map.of("LOG_LEVELS", "com.example=DEBUG"));
    assertEquals(List.of("in detail", "hello", "warned"), messages(process.out));
  }

  @Test
  void withoutSettingsThereIsInfoAsJson() throws Exception {
    LoggingProcess process = LoggingProcess.run(folder, DEFAULTS, Map.of());
    assertEquals(List.of("hello", "warned"), messages(process.out));
    assertEquals(List.of(), process.err);
  }

  @Test
  void wrongSettingsAreNamedOnceAndTheServiceLogsAndGoesOn() throws Exception {
    LoggingProcess process =
        LoggingProcess.run(
            folder,
            DEFAULTS,
            Map.of(
                "LOG_LEVEL", "LOUD",
                "LOG_LEVELS", "com.example=LOUDER,nonsense",
                "LOG_SCHEMA", "XML",
                "LOG_CONSOLE", "colour",
                "LOG_CONSOLE_LEVEL", "LOUDEST"));
    assertEquals(3, process.status, "the program came to its end");
    assertEquals(List.of("hello", "warned"), messages(process.out));
    for (String named :
        List.of(
            "LOG_LEVEL is 'LOUD', must be",
            "LOG_LEVELS of com.example is 'LOUDER', must be",
            "LOG_LEVELS has 'nonsense', must be",
            "no schema \"XML\"",
            "the format of the console is 'colour', must be",
            "LOG_CONSOLE_LEVEL is 'LOUDEST', must be")) {
      assertEquals(
          1,
          process.err.stream().filter(line -> line.startsWith("logging: " + named)).count(),
          named + " in " + process.err);
    }
    assertEquals(6, process.err.size(), process.err::toString);
  }

  @Test
  void aFolderThatCannotBeWrittenLeavesTheConsole() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    LoggingProcess process =
        LoggingProcess.run(folder, DEFAULTS, Map.of("LOG_FOLDER", file.toString()));
    assertEquals(3, process.status);
    assertEquals(List.of("hello", "warned"), messages(process.out));
    for (String log : List.of("combined.log", "error.log")) {
      assertEquals(
          1,
          process.err.stream().filter(line -> line.contains(file + "/" + log)).count(),
          process.err::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "d,%nosuchword %msg%n,[nosuchword] is not a valid conversion word",
    "d{no-such-pattern},%msg%n,Unknown pattern letter"
  })
  void aBadPatternOfTheHostIsNamedAndTheRestGoesOn(String date, String layout, String named)
      throws Exception {
    String own =
        """
        <appender name="own" class="ch.qos.logback.core.rolling.RollingFileAppender">
          <rollingPolicy class="ch.qos.logback.core.rolling.TimeBasedRollingPolicy">
            <fileNamePattern>own.%%%s.log</fileNamePattern>
          </rollingPolicy>
          <encoder><pattern>%s</pattern></encoder>
        </appender>
        <root><appender-ref ref="own"/></root>
        </configuration>
        """
            .formatted(date, layout);
    LoggingProcess process =
        LoggingProcess.run(folder, DEFAULTS.replace("</configuration>", own), Map.of());
    assertEquals(3, process.status, "the program came to its end");
    assertEquals(List.of("hello", "warned"), messages(process.out));
    assertEquals(
        1,
        process.err.stream().filter(line -> line.contains(named)).count(),
        process.err::toString);
  }

  @Test
  void onATerminalTheConsoleIsForPeopleAndFilesAreJson() throws Exception {
    LoggingProcess process = onATerminal(Map.of());
    assertTrue(process.out.stream().anyMatch(line -> line.matches(TEXT)), process.out::toString);
    assertFalse(process.out.stream().anyMatch(line -> line.startsWith("{")));
    assertEquals(List.of("hello", "warned"), messages(file("combined.log")));
  }

  @Test
  void onATerminalJsonIsWrittenIfItIsAskedFor() throws Exception {
    LoggingProcess process = onATerminal(Map.of("LOG_CONSOLE", "json"));
    List<String> json = process.out.stream().filter(line -> line.startsWith("{")).toList();
    assertEquals(List.of("hello", "warned"), messages(json));
  }

  @Test
  void withoutATerminalTextIsWrittenIfItIsAskedFor() throws Exception {
    LoggingProcess process = LoggingProcess.run(folder, DEFAULTS, Map.of("LOG_CONSOLE", "text"));
    assertTrue(process.out.get(0).matches(TEXT), process.out::toString);
  }

  /** By util-linux's script, which gives the program a terminal of its own. */
  private LoggingProcess onATerminal(Map<String, String> environment) throws Exception {
    Path script = Path.of("/usr/bin/script");
    assumeTrue(Files.isExecutable(script), "there is no /usr/bin/script");
    String line = String.join("' '", LoggingProcess.command(folder));
    return LoggingProcess.run(
        folder,
        DEFAULTS,
        environment,
        List.of(script.toString(), "-q", "-e", "-c", "'" + line + "'", "/dev/null"));
  }

  private List<String> file(String name) throws Exception {
    return Files.readAllLines(folder.resolve("logs").resolve(name));
  }

  private static List<String> messages(List<String> lines) {
    return lines.stream()
        .map(line -> StrictJson.object(line.getBytes(StandardCharsets.UTF_8)))
        .map(line -> String.valueOf(line.get("message")))
        .toList();
  }
}
