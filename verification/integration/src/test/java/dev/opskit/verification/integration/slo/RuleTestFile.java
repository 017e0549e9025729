package dev.opskit.verification.integration.slo;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A file of tests for promtool that says at every step which alerts fire, and that no other does.
 */
final class RuleTestFile {
  /** How many steps an alert may be early or late: neither is looked for at its edges. */
  private static final int TOLERANCE = 2;

  private final StringBuilder out = new StringBuilder();
  private final int stepMinutes;
  private int checks;

  RuleTestFile(String rules, List<String> groups, int stepMinutes) {
    this.stepMinutes = stepMinutes;
    out.append("rule_files: ['%s']\nevaluation_interval: %dm\n".formatted(rules, stepMinutes));
    // One group reads what another has recorded.
    out.append("group_eval_order: ['%s']\ntests:\n".formatted(String.join("', '", groups)));
  }

  RuleTestFile test(String name, int sampleMinutes) {
    out.append("- name: '%s'\n  interval: %dm\n  input_series:\n".formatted(name, sampleMinutes));
    return this;
  }

  RuleTestFile series(String series, String values) {
    out.append("  - series: '%s'\n    values: '%s'\n".formatted(series, values));
    return this;
  }

  /** The alerts that fire at the end of a minute, for every minute up to a last one. */
  RuleTestFile expect(int lastMinute, IntFunction<Set<String>> firing) {
    out.append("  promql_expr_test:\n");
    for (int minute = 0; minute <= lastMinute; minute += stepMinutes) {
      Set<String> now = firing.apply(minute);
      if (isStable(minute, lastMinute, firing)) {
        check(
            "count by (alertname, slo, long_window) (ALERTS{alertstate=\"firing\"})", minute, now);
      }
    }
    return this;
  }

  RuleTestFile check(String expr, int minute, Set<String> samples) {
    checks++;
    out.append("  - expr: '%s'\n    eval_time: %dm\n    exp_samples:\n".formatted(expr, minute));
    samples.forEach(labels -> out.append("    - {labels: '%s', value: 1}\n".formatted(labels)));
    return this;
  }

  private boolean isStable(int minute, int lastMinute, IntFunction<Set<String>> firing) {
    for (int i = -TOLERANCE; i <= TOLERANCE; i++) {
      int near = Math.max(0, Math.min(lastMinute, minute + i * stepMinutes));
      if (!firing.apply(near).equals(firing.apply(minute))) {
        return false;
      }
    }
    return true;
  }

  int checks() {
    return checks;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
