package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

class DefaultsTest {
  private static final String INCLUDING =
      "<configuration><include resource=\"dev/opskit/logging/defaults.xml\"/></configuration>";

  @TempDir private Path folder;

  @Test
  void everythingIsInOneFileAndErrorsInAnotherToo() throws Exception {
    LoggerContext context = configured(folder);
    context.getLogger("a").debug("not seen");
    context.getLogger("a").info("fine");
    context.getLogger("a").error("broken", new IllegalStateException("why"));
    context.stop();

    assertEquals(List.of("fine", "broken"), messages("combined.log"));
    assertEquals(List.of("broken"), messages("error.log"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedOnceAndTheServiceGoesOn() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    PrintStream before = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      LoggerContext context = configured(file);
      for (int i = 0; i < 10; i++) {
        context.getLogger("a").error("goes on");
      }
      context.stop();
    } finally {
      System.setErr(before);
    }
    String said = errors.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("logging: ") && said.contains(file.toString()), said);
    List<String> problems = said.lines().toList();
    assertEquals(problems.size(), problems.stream().distinct().count(), said);
  }

  private List<String> messages(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .map(line -> StrictJson.object(line.getBytes(StandardCharsets.UTF_8)))
        .map(line -> line.get("message").toString())
        .toList();
  }

  private static LoggerContext configured(Path folder) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    context.putProperty("LOG_FOLDER", folder.toString());
    context.putProperty("LOG_CONSOLE_LEVEL", "OFF");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(INCLUDING.getBytes(StandardCharsets.UTF_8)));
    return context;
  }
}
