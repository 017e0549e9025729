package dev.opskit.metrics.slo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Unit tests of the rules for promtool, to be run where the rules are reviewed: every alert fires
 * when it should, and none without a reason.
 */
final class RuleTests {
  private static final int CLEAN_MINUTES = 60;
  private static final String ONE_INSTANCE = "one";

  private final SloOptions options;

  RuleTests(SloOptions options) {
    this.options = options;
  }

  Map<String, Object> of(List<Objective> objectives, List<Map<String, Object>> groups) {
    List<Object> tests = new ArrayList<>();
    for (Objective objective : objectives) {
      if (objective instanceof RatioObjective ratio) {
        tests.add(noTraffic(ratio));
        tests.add(outage(ratio));
      } else if (objective instanceof Objective.Freshness freshness) {
        tests.add(missed(freshness));
      }
      tests.add(absent(objective));
    }
    tests.add(gone());
    return Tree.map(
        "rule_files",
        List.of(SloArtefacts.RULES),
        "evaluation_interval",
        "1m",
        "group_eval_order",
        groups.stream().map(group -> group.get("name")).toList(),
        "tests",
        tests);
  }

  private Map<String, Object> noTraffic(RatioObjective objective) {
    BurnRules rules = new BurnRules(options, objective);
    return test(
        objective.name() + ": no traffic is no failure",
        series(objective, "0x120", "0x120", "0x120"),
        check(firing(objective), 120),
        check(rules.recorded(Metric.badRatio(Window.H1)).sum(), 120, "{}", 0));
  }

  /** After a clean hour everything fails, and the first page comes in the time that it must. */
  private Map<String, Object> outage(RatioObjective objective) {
    int rate = 100 + options.minBadEvents();
    int before = CLEAN_MINUTES * rate;
    BigDecimal minutes =
        BurnRate.FASTEST
            .threshold(objective.budget())
            .multiply(BigDecimal.valueOf(BurnRate.FASTEST.longWindow().seconds() / 60));
    int detected = CLEAN_MINUTES + minutes.setScale(0, RoundingMode.CEILING).intValue() + 2;
    String clean = "0+%dx%d ".formatted(rate, CLEAN_MINUTES);
    Expr page =
        alerts(objective.alert("Burn"))
            .target(Objective.LABEL, objective.name())
            .target("long_window", BurnRate.FASTEST.longWindow().toString())
            .count();
    return test(
        objective.name() + ": a total outage pages",
        series(
            objective,
            clean + before + "x60",
            "0x%d %d+%dx59".formatted(CLEAN_MINUTES, rate, rate),
            clean + "%d+%dx60".formatted(before + rate, rate)),
        check(firing(objective), CLEAN_MINUTES),
        check(page, detected, "{}", 1));
  }

  /** The clock of these tests starts at 0, so an old success lies before it. */
  private Map<String, Object> missed(Objective.Freshness objective) {
    long age = objective.maxAge().toSeconds();
    String last = series(Metric.lastSuccess(objective.operation()).name(), "");
    return test(
        objective.name() + ": a success that is too old pages",
        List.of(up("1x20"), input(last, (300 - age) + "x20")),
        check(firing(objective), 4),
        check(firing(objective), 7, alertLabels(objective.alert("Missed")), 1));
  }

  private Map<String, Object> absent(Objective objective) {
    return test(
        objective.name() + ": a metric that is missing is said",
        List.of(up("1x20")),
        check(firing(objective), 8),
        check(firing(objective), 12, alertLabels(objective.alert("Absent")), 1));
  }

  private Map<String, Object> gone() {
    String alert = PresenceRules.goneAlert(options);
    return test(
        "a service that is gone pages",
        List.of(up("1x10 0x10")),
        check(alerts(alert).count(), 10),
        check(alerts(alert).count(), 18, "{}", 1));
  }

  private List<Object> series(RatioObjective objective, String good, String bad, String all) {
    if (objective instanceof RatioObjective.Success success) {
      String runs = Metric.runs(success.operation()).name();
      String normal = success.operation().outcomes().get(0);
      String failed = success.operation().bad().get(0);
      return List.of(
          up("1x180"),
          input(series(runs, ",outcome=\"" + normal + '"'), good),
          input(series(runs, ",outcome=\"" + failed + '"'), bad));
    }
    RatioObjective.Latency latency = (RatioObjective.Latency) objective;
    String bucket = Metric.buckets(latency.operation()).name();
    String le = ",le=\"" + Names.le(latency.bound()) + '"';
    return List.of(
        up("1x180"),
        input(series(bucket, le), good),
        input(series(Metric.timed(latency.operation()).name(), ""), all));
  }

  private Object up(String values) {
    return input(series(Metric.up().name(), ""), values);
  }

  private String series(String metric, String labels) {
    return "%s{job=\"%s\",instance=\"%s\"%s}"
        .formatted(metric, Selector.escaped(options.job()), ONE_INSTANCE, labels);
  }

  private static Object input(String series, String values) {
    return Tree.map("series", series, "values", values);
  }

  private static Expr firing(Objective objective) {
    return alerts("").target(Objective.LABEL, objective.name()).count("alertname");
  }

  private static Selector alerts(String name) {
    Selector firing = Selector.of(Metric.named("ALERTS")).target("alertstate", "firing");
    return name.isEmpty() ? firing : firing.target("alertname", name);
  }

  private static String alertLabels(String alert) {
    return "{alertname=\"" + alert + "\"}";
  }

  private static Map<String, Object> check(Expr expr, int minute) {
    return Tree.map("expr", expr.text(), "eval_time", minute + "m", "exp_samples", List.of());
  }

  private static Map<String, Object> check(Expr expr, int minute, String labels, int value) {
    return Tree.map(
        "expr",
        expr.text(),
        "eval_time",
        minute + "m",
        "exp_samples",
        List.of(Tree.map("labels", labels, "value", value)));
  }

  private static Map<String, Object> test(String name, List<Object> input, Object... checks) {
    return Tree.map(
        "name", name, "interval", "1m", "input_series", input, "promql_expr_test", List.of(checks));
  }
}
