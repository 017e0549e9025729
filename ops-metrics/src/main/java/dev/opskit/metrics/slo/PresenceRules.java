package dev.opskit.metrics.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Alerts for what no ratio shows: a job that no longer succeeds, a metric or a target that is gone.
 */
final class PresenceRules {
  private static final String GONE_FOR = "5m";
  private static final String ABSENT_FOR = "10m";

  private final SloOptions options;

  PresenceRules(SloOptions options) {
    this.options = options;
  }

  List<Map<String, Object>> of(List<Objective> objectives) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (Objective objective : objectives) {
      if (objective instanceof Objective.Freshness freshness) {
        rules.add(missed(freshness));
      }
      rules.add(absent(objective));
    }
    rules.add(gone());
    return rules;
  }

  /** One instance that has succeeded is enough. */
  private Map<String, Object> missed(Objective.Freshness objective) {
    Expr last = objective.decisive(options.target()).max("job");
    Expr late = Expr.call("time").op("-", last).op(">", Expr.number(objective.maxAgeSeconds()));
    return rule(
        objective.alert("Missed"),
        late,
        "",
        labels(Severity.PAGE, objective),
        "%s: the last success is {{ $value | humanizeDuration }} ago".formatted(objective.name()));
  }

  private Map<String, Object> absent(Objective objective) {
    Expr lacking =
        up().op("unless on (job, instance)", objective.decisive(options.target())).count("job");
    return rule(
        objective.alert("Absent"),
        lacking,
        ABSENT_FOR,
        labels(Severity.TICKET, objective),
        "%s: {{ $value }} targets are up but do not export %s, so its alerts are silent there"
            .formatted(objective.name(), objective.decisive(options.target()).metric().name()));
  }

  private Map<String, Object> gone() {
    return rule(
        goneAlert(options),
        Expr.call("absent", up()),
        GONE_FOR,
        Tree.map("severity", Severity.PAGE.toString(), "job", options.job()),
        "%s: no target is up, so nothing is known of its objectives".formatted(options.service()));
  }

  static String goneAlert(SloOptions options) {
    return Names.camel(options.service()) + "Gone";
  }

  private Expr up() {
    return options.target().select(Metric.up()).op("==", Expr.number(1));
  }

  private static Map<String, Object> labels(Severity severity, Objective objective) {
    return Tree.map("severity", severity.toString(), Objective.LABEL, objective.name());
  }

  private Map<String, Object> rule(
      String name, Expr expr, String duration, Map<String, Object> labels, String summary) {
    Map<String, Object> rule = Tree.map("alert", name, "expr", expr.lines());
    if (!duration.isEmpty()) {
      rule.put("for", duration);
    }
    rule.put("labels", labels);
    rule.put("annotations", Tree.map("summary", summary, "runbook_url", options.runbook(name)));
    return rule;
  }
}
