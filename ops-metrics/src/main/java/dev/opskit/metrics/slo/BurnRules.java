package dev.opskit.metrics.slo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The rules of one {@link RatioObjective}. Events are counted over the whole window, so a busy hour
 * weighs more than a quiet one. Without any event the ratio is 0, never NaN; without the metric
 * there is none.
 */
final class BurnRules {
  private static final String JOB = "job";

  private final SloOptions options;
  private final RatioObjective objective;

  BurnRules(SloOptions options, RatioObjective objective) {
    this.options = options;
    this.objective = objective;
  }

  List<Map<String, Object>> recordings(Window window) {
    Target target = options.target();
    Expr noEvents = Expr.number(0).op("*", recorded(Metric.events(window)));
    Expr bad = objective.bad(target, window.toString(), JOB).op("or on (job)", noEvents);
    Expr some = recorded(Metric.events(window)).op(">", Expr.number(0));
    Expr ratio = recorded(Metric.badEvents(window)).op("/", some).or(noEvents);
    return List.of(
        recording(Metric.events(window), objective.events(target, window.toString(), JOB)),
        recording(Metric.badEvents(window), bad),
        recording(Metric.badRatio(window), ratio));
  }

  Map<String, Object> alert(BurnRate rate) {
    Expr threshold = Expr.number(rate.threshold(objective.budget()));
    Expr enough =
        recorded(Metric.badEvents(rate.longWindow())).op(">=", Expr.number(options.minBadEvents()));
    Expr burns =
        recorded(Metric.badRatio(rate.shortWindow()))
            .op(">", threshold)
            .and(recorded(Metric.badRatio(rate.longWindow())).op(">", threshold))
            .and(enough);
    return Tree.map(
        "alert",
        objective.alert("Burn"),
        "expr",
        burns.lines(),
        "labels",
        Tree.map(
            "severity",
            rate.severity().toString(),
            Objective.LABEL,
            objective.name(),
            "long_window",
            rate.longWindow().toString(),
            "short_window",
            rate.shortWindow().toString()),
        "annotations",
        Tree.map(
            "summary", summary(rate), "runbook_url", options.runbook(objective.alert("Burn"))));
  }

  Selector recorded(Metric metric) {
    return options.target().select(metric).where(Objective.LABEL, objective.name());
  }

  private String summary(BurnRate rate) {
    BigDecimal percent = rate.threshold(objective.budget()).movePointRight(2);
    return "%s: {{ $value | humanizePercentage }} were bad in the last %s, and more than %s %% in the last %s"
        .formatted(
            objective.name(),
            rate.shortWindow(),
            percent.stripTrailingZeros().toPlainString(),
            rate.longWindow());
  }

  private Map<String, Object> recording(Metric metric, Expr expr) {
    return Tree.map(
        "record",
        metric.name(),
        "expr",
        expr.lines(),
        "labels",
        Tree.map(Objective.LABEL, objective.name()));
  }
}
