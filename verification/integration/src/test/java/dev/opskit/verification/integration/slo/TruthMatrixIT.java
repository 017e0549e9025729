package dev.opskit.verification.integration.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every alert fires when it has to and at no other time, in the judgement of promtool. */
@Timeout(600)
class TruthMatrixIT {
  private static final List<Watched> ORDERS = List.of(Watched.SUCCESS, Watched.LATENCY);

  @TempDir Path folder;

  @Test
  void whatIsGeneratedPassesTheChecksAndTestsOfPromtool() throws Exception {
    Declared.ordersArtefacts().writeTo(folder.resolve("orders"));
    Declared.exportArtefacts().writeTo(folder.resolve("export"));
    for (String service : List.of("orders", "export")) {
      assertPasses("check", "rules", "--lint=all", "--lint-fatal", service + "/rules.yml");
      assertPasses("test", "rules", service + "/rules.test.yml");
    }
  }

  @Test
  void everyScenarioRaisesTheAlertsThatItShould() throws Exception {
    TruthMatrix matrix = orders();
    List<Path> files =
        List.of(
            matrix.write(folder.resolve("minutes.yml"), "rules.yml", Scenarios.minutes()),
            matrix.write(folder.resolve("hours.yml"), "rules.yml", Scenarios.hours()),
            matrix.write(folder.resolve("days.yml"), "rules.yml", Scenarios.days()));
    assertTrue(matrix.checks() > 1_000, "only " + matrix.checks() + " checks");
    assertPasses(
        Stream.concat(Stream.of("test", "rules"), files.stream().map(Path::toString))
            .toArray(String[]::new));
  }

  @Test
  void aJobIsMissedWhenItsLastSuccessIsTooOldAndOnlyThen() throws Exception {
    Declared.exportArtefacts().writeTo(folder);
    List<JobScenario> scenarios = JobScenario.all();
    assertTrue(scenarios.size() >= 12);
    RuleTestFile tests =
        new RuleTestFile("rules.yml", List.of("export-service-presence"), JobScenario.STEP);
    scenarios.forEach(scenario -> scenario.addTo(tests));
    Files.writeString(folder.resolve("jobs.yml"), tests.toString());
    assertPasses("test", "rules", "jobs.yml");
    String late = Files.readString(folder.resolve("rules.yml")).replace("> 7200", "> 10800");
    Files.writeString(folder.resolve("rules.yml"), late);
    assertEquals(1, Promtool.run(folder, List.of("test", "rules", "jobs.yml")).status());
  }

  @Test
  void aGenerousBudgetDoesNotHideAnOutage() throws Exception {
    Declared.exportArtefacts().writeTo(folder);
    TruthMatrix matrix =
        new TruthMatrix(
            "export-service",
            "ExportServiceGone",
            Declared.exportArtefacts(),
            List.of(Watched.GENEROUS));
    Scenario outage =
        Scenario.of("outage", 1, 1, Scenario.clean(60), Scenario.burning(60, Scenario.ALL));
    assertEquals(60 + 55, Burn.TABLE.get(0).firstMinute(outage, Watched.GENEROUS.budget()));
    String rules = Files.readString(folder.resolve("rules.yml"));
    // Freshness and absence are not what this scenario is about.
    Files.writeString(
        folder.resolve("rules.yml"),
        rules.substring(0, rules.indexOf("  - name: export-service-presence")));
    matrix.write(folder.resolve("outage.yml"), "rules.yml", List.of(outage));
    assertPasses("test", "rules", "outage.yml");
  }

  /**
   * Known by arithmetic: the long window is full of bad events as soon as so much of it has passed.
   */
  @Test
  void theTimesOfDetectionAreThoseOfTheWorkbook() {
    for (Watched objective : ORDERS) {
      for (Burn row : Burn.TABLE) {
        Scenario burn = Scenarios.above(row, 1, 1);
        double share = row.factor() * 1.1 * objective.budget();
        double expected = row.longMinutes() * row.factor() * objective.budget() / share;
        int detected = row.firstMinute(burn, objective.budget()) - row.longMinutes();
        assertEquals(expected, detected, 2, objective.slo() + " " + row.longWindow());
      }
    }
    Scenario outage = Scenarios.minutes().get(0);
    assertEquals(1, Burn.TABLE.get(0).firstMinute(outage, Watched.SUCCESS.budget()) - 60);
    assertEquals(9, Burn.TABLE.get(0).firstMinute(outage, Watched.LATENCY.budget()) - 60);
  }

  /** Each of these is what some generator does. */
  @Test
  void rulesThatAreWrongDoNotPass() throws Exception {
    TruthMatrix matrix = orders();
    String right = Files.readString(folder.resolve("rules.yml"));
    List<String> wrong =
        List.of(
            right.replace("> 0.144)", "> 0.288)"),
            right.replace("> 0.144)", "> 0.0144)"),
            right.replace(">= 3)", ">= 1)"),
            right.replaceAll("or \\(0 \\* slo:events:\\S+\\)", ""),
            right.replaceAll("\\(slo:bad_ratio:increase5m\\S+ > \\S+\\)\\s+and ", ""),
            right.replace("outcome=\"failed\"", "outcome=\"failure\""),
            right.replace("le=\"0.5\"", "le=\"0.500\""));
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    for (int i = 0; i < wrong.size(); i++) {
      assertNotEquals(right, wrong.get(i), "mutant " + i);
      String rules = "rules%d.yml".formatted(i);
      Files.writeString(folder.resolve(rules), wrong.get(i));
      String tests = "wrong%d.yml".formatted(i);
      matrix.write(folder.resolve(tests), rules, Scenarios.telling());
      arguments.add(tests);
    }
    matrix.write(folder.resolve("right.yml"), "rules.yml", Scenarios.telling());
    arguments.add("right.yml");
    String said = Promtool.run(folder, arguments).said();
    for (int i = 0; i < wrong.size(); i++) {
      assertTrue(said.contains("Unit Testing:  wrong%d.yml\n  FAILED:".formatted(i)), i + said);
    }
    assertTrue(said.contains("Unit Testing:  right.yml\n  SUCCESS"), said);
  }

  private TruthMatrix orders() throws IOException {
    Declared.ordersArtefacts().writeTo(folder);
    return new TruthMatrix(
        "orders-service", "OrdersServiceGone", Declared.ordersArtefacts(), ORDERS);
  }

  private void assertPasses(String... arguments) throws Exception {
    Promtool.Verdict verdict = Promtool.run(folder, List.of(arguments));
    assertEquals(0, verdict.status(), verdict.said());
  }
}
