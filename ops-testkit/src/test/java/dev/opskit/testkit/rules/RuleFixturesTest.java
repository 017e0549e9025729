package dev.opskit.testkit.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.testkit.rules.RuleResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule on something that keeps to it, and on things that break it. */
@Tag("once")
@Timeout(120)
class RuleFixturesTest {
  private static SmallService service;

  @TempDir private static Path classes;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    service = SmallService.start();
    CompiledFixtures.below(classes);
  }

  @AfterAll
  static void close() {
    service.close();
  }

  static Stream<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void theRuleTellsGoodFromBad(Fixture fixture) throws IOException {
    RuleResult result = hold(fixture);
    if (fixture.good()) {
      assertEquals(Verdict.KEPT, result.verdict(), result::message);
      return;
    }
    assertEquals(Verdict.BROKEN, result.verdict(), () -> fixture.text() + result.reason());
    assertTrue(
        result.findings().stream()
            .filter(finding -> finding.what().contains(fixture.what()))
            .anyMatch(finding -> line(finding.place()) == fixture.line()),
        result::message);
    assertFalse(result.mend().isBlank());
  }

  @Test
  void everyRuleHasAGoodAndTwoBadFixtures() {
    Map<String, Long> good =
        Fixture.all()
            .filter(Fixture::good)
            .collect(Collectors.groupingBy(Fixture::rule, Collectors.counting()));
    Map<String, Long> bad =
        Fixture.all()
            .filter(fixture -> !fixture.good())
            .collect(Collectors.groupingBy(Fixture::rule, Collectors.counting()));
    Map<String, String> missing = new TreeMap<>();
    for (Rule rule : Rules.all()) {
      // What starts and what does not is no text: see BadInputTest.
      if (!rule.id().equals("running.starts")
          && (good.getOrDefault(rule.id(), 0L) < 1 || bad.getOrDefault(rule.id(), 0L) < 2)) {
        missing.put(rule.id(), good.get(rule.id()) + " good, " + bad.get(rule.id()) + " bad");
      }
    }
    assertEquals(Map.of(), missing);
  }

  private RuleResult hold(Fixture fixture) throws IOException {
    OpsRules rules = OpsRules.forService();
    if (fixture.rule().startsWith("code.")) {
      rules.classes(CompiledFixtures.folder(classes, fixture));
    } else if (fixture.text().startsWith("FROM") || fixture.rule().startsWith("dockerfile.")) {
      rules.dockerfile(Files.writeString(folder.resolve("Dockerfile"), fixture.text()));
    } else {
      rules.manifests(Files.writeString(folder.resolve("all.yaml"), fixture.text()));
    }
    if (fixture.rule().startsWith("running.")) {
      rules.running(service::running);
    }
    return rules.evaluate().results().stream()
        .filter(result -> result.id().equals(fixture.rule()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no rule " + fixture.rule()));
  }

  private static int line(String place) {
    String line = place.substring(place.lastIndexOf(':') + 1);
    return line.matches("\\d+") ? Integer.parseInt(line) : 0;
  }
}
