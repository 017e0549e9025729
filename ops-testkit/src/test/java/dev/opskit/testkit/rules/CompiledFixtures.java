package dev.opskit.testkit.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** The classes of all fixtures, compiled at once: each compiler's start takes most of its time. */
final class CompiledFixtures {
  private static final String LOGBACK = "--- logback.xml\n";

  private CompiledFixtures() {}

  static void below(Path root) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                "-g", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", root + ""));
    for (Fixture fixture : Fixture.all().filter(one -> one.rule().startsWith("code.")).toList()) {
      String[] parts = fixture.text().split(LOGBACK);
      Path folder = Files.createDirectories(folder(root, fixture));
      Path source = folder.resolve("Service.java");
      Files.writeString(source, "package " + name(fixture) + "; " + parts[0]);
      line.add(source.toString());
      if (parts.length == 2) {
        Files.writeString(folder.resolve("logback.xml"), parts[1]);
      }
    }
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, line.toArray(String[]::new));
    assertEquals(0, status);
  }

  static Path folder(Path root, Fixture fixture) {
    return root.resolve(name(fixture));
  }

  private static String name(Fixture fixture) {
    return "f" + Integer.toHexString(fixture.hashCode());
  }
}
