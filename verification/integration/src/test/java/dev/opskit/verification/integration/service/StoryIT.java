package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.verification.integration.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the story tells is looked at again, figure by figure. */
@Timeout(180)
class StoryIT {
  private static final int LIMIT_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void theStoryEndsInTimeAndItsFiguresAgree() throws Exception {
    RealParts.executable("postgres", "pg_dump", "install Debian's package 'postgresql-client'");
    Path output = folder.resolve("story.txt");
    Process process = ServiceProcess.start(output, Map.of("LOG_CONSOLE_LEVEL", "OFF"), "--exit");
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String story = Files.readString(output);
    assertTrue(ended, story);
    assertEquals(0, process.exitValue(), story);
    for (int chapter = 1; chapter <= 6; chapter++) {
      assertTrue(story.contains("\n" + chapter + ". "), chapter + " is missing in " + story);
    }
    assertFalse(story.contains("[FAIL"), story);
    assertFalse(story.contains("[skip"), story);

    String placed = group(story, "\\[ok\\] (\\d+) of \\1 orders placed");
    assertTrue(
        story.contains(
            "http_requests_total{method=\"POST\",route=\"/orders\","
                + "status_code=\"201\"} "
                + placed
                + ".0"),
        story);
    assertTrue(story.contains("orders_processed_total{outcome=\"ok\"} " + placed + ".0"), story);

    List<String> fingerprints =
        Pattern.compile("\\d+ orders with the checksum [0-9a-f]+")
            .matcher(story)
            .results()
            .map(found -> found.group())
            .toList();
    assertEquals(2, fingerprints.size(), story);
    assertEquals(fingerprints.get(0), fingerprints.get(1), story);

    double detected = Double.parseDouble(group(story, "turned 503 after ([0-9.]+) s"));
    double bound = Double.parseDouble(group(story, "the stated bound is ([0-9.]+) s"));
    assertTrue(detected <= bound, story);

    Path used = Path.of(group(story, "Everything of this run is below (\\S+)"));
    assertFalse(Files.exists(used), used + " is left behind");
  }

  private static String group(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), () -> pattern + " is not in " + text);
    return matcher.group(1);
  }
}
