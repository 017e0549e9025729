package dev.opskit.testkit.example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java in the guide to extending is cut from files that are compiled and run here. */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/extending.md");
  private static final Path EXAMPLES = Path.of("src/test/java/dev/opskit/testkit/example");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static String read(Path file) {
    try {
      return squeezed(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  @Test
  void whatItShowsIsWhatRunsHere() throws IOException {
    List<String> shown =
        JAVA.matcher(Files.readString(GUIDE)).results().map(MatchResult::group).toList();
    assertTrue(shown.size() >= 3, "too few examples were found: " + shown.size());
    List<String> sources;
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      sources = files.map(GuideTest::read).toList();
    }
    for (String example : shown) {
      String code = squeezed(example.replace("```java", "").replace("```", ""));
      assertTrue(sources.stream().anyMatch(s -> s.contains(code)), () -> "not here: " + example);
    }
  }
}
