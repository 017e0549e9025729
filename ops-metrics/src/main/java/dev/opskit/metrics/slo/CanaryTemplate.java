package dev.opskit.metrics.slo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The {@code AnalysisTemplate} of Argo Rollouts: whether the canary keeps the objectives. A canary
 * that is good succeeds; one that spends its budget faster than a ticket would wait for fails; so
 * does one without the metrics. In between, without traffic, or with fewer bad events than can be
 * judged, the verdict is inconclusive, and the rollout waits for a human.
 */
final class CanaryTemplate {
  static final String HASH = "canary-hash";

  private static final String WINDOW = "5m";

  private final SloOptions options;
  private final Target canary;

  CanaryTemplate(SloOptions options) {
    this.options = options;
    this.canary = new Target(options.job(), options.canaryLabel(), "{{args." + HASH + "}}");
  }

  Map<String, Object> of(List<RatioObjective> objectives) {
    List<Object> metrics = new ArrayList<>();
    for (RatioObjective objective : objectives) {
      String name = objective.name().replace('_', '-');
      metrics.add(
          metric(name + "-present", present(objective), "len(result) > 0", "len(result) == 0"));
      metrics.add(
          metric(
              name,
              goodRatio(objective),
              "len(result) > 0 && result[0] >= " + text(objective.goal()),
              "len(result) > 0 && result[0] < " + text(failing(objective))));
    }
    return Tree.map(
        "apiVersion",
        "argoproj.io/v1alpha1",
        "kind",
        "AnalysisTemplate",
        "metadata",
        options.metadata(),
        "spec",
        Tree.map("args", List.of(Tree.map("name", HASH)), "metrics", metrics));
  }

  private Expr present(RatioObjective objective) {
    return objective.counted(canary).count().and(objective.decisive(canary).count());
  }

  /** Empty if there is nothing to judge by. */
  private Expr goodRatio(RatioObjective objective) {
    Expr events = objective.events(canary, WINDOW);
    Expr bad = objective.bad(canary, WINDOW).or(Expr.number(0).op("*", events));
    Expr good = Expr.number(1).op("-", bad.op("/", events.op(">", Expr.number(0))));
    Expr judged =
        bad.op(">=", Expr.number(options.minBadEvents()))
            .or(good.op(">=", Expr.number(objective.goal())));
    return good.and(judged);
  }

  private static BigDecimal failing(RatioObjective objective) {
    return BigDecimal.ONE.subtract(BurnRate.SLOW.threshold(objective.budget()));
  }

  private static String text(BigDecimal value) {
    return Expr.number(value).text();
  }

  private Map<String, Object> metric(String name, Expr query, String success, String failure) {
    return Tree.map(
        "name",
        name,
        "initialDelay",
        "2m",
        "interval",
        "1m",
        "count",
        5,
        "successCondition",
        success,
        "failureCondition",
        failure,
        "provider",
        Tree.map("prometheus", Tree.map("address", options.prometheus(), "query", query.lines())));
  }
}
