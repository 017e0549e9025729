package dev.opskit.verification.integration.slo;

import dev.opskit.metrics.slo.SloArtefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Scenarios as test files for promtool, against the rules of a service. */
final class TruthMatrix {
  private static final int GONE_AFTER = 5;
  private static final Pattern GROUP = Pattern.compile("(?m)^  - name: (\\S+)$");

  private final String job;
  private final String goneAlert;
  private final List<Watched> objectives;
  private final List<String> groups;
  private int checks;

  TruthMatrix(String job, String goneAlert, SloArtefacts artefacts, List<Watched> objectives) {
    this.job = job;
    this.goneAlert = goneAlert;
    this.objectives = objectives;
    this.groups =
        GROUP
            .matcher(artefacts.files().get("rules.yml"))
            .results()
            .map(match -> match.group(1))
            .toList();
  }

  Path write(Path file, String rules, List<Scenario> scenarios) throws IOException {
    RuleTestFile tests = new RuleTestFile(rules, groups, scenarios.get(0).stepMinutes());
    for (Scenario scenario : scenarios) {
      add(tests, scenario);
    }
    checks += tests.checks();
    return Files.writeString(file, tests.toString());
  }

  private void add(RuleTestFile tests, Scenario scenario) {
    tests.test(scenario.name(), scenario.sampleMinutes());
    int samples = scenario.minutes() / scenario.sampleMinutes();
    tests.series(
        series("up", ""),
        scenario.goneAt() == 0
            ? "1x" + samples
            : "1x%d 0x%d".formatted(scenario.goneAt() - 1, scenario.minutes()));
    for (Watched objective : objectives) {
      long[] events = scenario.events();
      long[] bad = scenario.bad(objective.budget());
      for (Watched.Counter counter : objective.counters()) {
        long[] values = new long[events.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = counter.value().apply(events[i], bad[i]);
        }
        tests.series(series(counter.name(), counter.labels()), scenario.samples(values));
      }
    }
    tests.expect(scenario.minutes(), firing(scenario)::get);
    for (Watched objective : objectives) {
      neverNaN(tests, scenario, objective);
    }
  }

  /** While the target is there, there is a ratio, and it is equal to itself, which NaN is not. */
  private void neverNaN(RuleTestFile tests, Scenario scenario, Watched objective) {
    int last = scenario.goneAt() == 0 ? scenario.minutes() : scenario.goneAt() - 1;
    int step = scenario.stepMinutes();
    for (int minute = 2 * scenario.sampleMinutes(); minute <= last; minute += 10 * step) {
      int evaluated = (minute + step - 1) / step * step;
      String ratio = "slo:bad_ratio:increase1h{slo=\"" + objective.slo() + "\"}";
      tests.check("count(%s == %s)".formatted(ratio, ratio), evaluated, Set.of("{}"));
    }
  }

  private List<Set<String>> firing(Scenario scenario) {
    List<Set<String>> firing =
        IntStream.rangeClosed(0, scenario.minutes())
            .<Set<String>>mapToObj(minute -> new TreeSet<>())
            .toList();
    for (Watched objective : objectives) {
      for (Burn burn : Burn.TABLE) {
        boolean[] fires = burn.fires(scenario, objective.budget());
        for (int minute = 0; minute < fires.length; minute++) {
          if (fires[minute]) {
            firing.get(minute).add(objective.alert(burn));
          }
        }
      }
    }
    if (scenario.goneAt() > 0) {
      firing.stream()
          .skip(scenario.goneAt() + GONE_AFTER)
          .forEach(alerts -> alerts.add("{alertname=\"" + goneAlert + "\"}"));
    }
    return firing;
  }

  private String series(String name, String labels) {
    return "%s{job=\"%s\",instance=\"one\"%s}".formatted(name, job, labels);
  }

  int checks() {
    return checks;
  }
}
