package dev.opskit.metrics.slo;

import dev.opskit.metrics.OperationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The dashboard of a service for Grafana: its objectives, then rate, errors and duration of each
 * operation and of HTTP, then the JVM.
 */
final class Dashboard {
  private static final int SCHEMA = 39;

  private final SloOptions options;
  private final Target target;

  Dashboard(SloOptions options) {
    this.options = options;
    this.target = options.target();
  }

  Map<String, Object> of(List<Objective> objectives) {
    List<Panel> panels = new ArrayList<>();
    panels.add(Panel.row("Objectives"));
    objectives.forEach(objective -> panels.addAll(objective(objective)));
    objectives.stream()
        .map(Objective::operation)
        .distinct()
        .forEach(operation -> panels.addAll(operation(operation)));
    panels.addAll(new ServicePanels(target).all());
    Map<String, Object> board =
        Tree.map("uid", options.name(), "title", options.service(), "tags", List.of("opskit"));
    board.putAll(
        Tree.map(
            "schemaVersion",
            SCHEMA,
            "version",
            1,
            "editable",
            true,
            "refresh",
            "1m",
            "time",
            Tree.map("from", "now-6h", "to", "now"),
            "templating",
            Tree.map("list", List.of(dataSourceVariable())),
            "panels",
            Panel.laidOut(panels)));
    return board;
  }

  static Map<String, Object> datasource() {
    return Tree.map("type", "prometheus", "uid", "${datasource}");
  }

  private static Map<String, Object> dataSourceVariable() {
    return Tree.map(
        "name", "datasource", "type", "datasource", "query", "prometheus", "label", "Prometheus");
  }

  private List<Panel> objective(Objective objective) {
    if (objective instanceof Objective.Freshness freshness) {
      Expr age = Expr.call("time").op("-", freshness.decisive(target).max("job"));
      Expr bound = Expr.call("vector", Expr.number(freshness.maxAgeSeconds()));
      return List.of(
          Panel.graph(
              objective.name() + ": age of the last success",
              "s",
              new Panel.Query(age, "age"),
              new Panel.Query(bound, "at most")));
    }
    BurnRules rules = new BurnRules(options, (RatioObjective) objective);
    Expr budget = Expr.number(((RatioObjective) objective).budget());
    Panel.Query[] burns =
        Stream.of(Window.M5, Window.H1, Window.H6, Window.D3)
            .map(
                window ->
                    new Panel.Query(
                        rules.recorded(Metric.badRatio(window)).op("/", budget), window.toString()))
            .toArray(Panel.Query[]::new);
    return List.of(
        Panel.graph(
            objective.name() + ": budget left of 30 days",
            "percentunit",
            new Panel.Query(budgetLeft(rules, budget), "left")),
        Panel.graph(
            objective.name() + ": budgets spent at once (1 is what is allowed)", "short", burns));
  }

  private static Expr budgetLeft(BurnRules rules, Expr budget) {
    Expr bad = month(rules.recorded(Metric.badEvents(Window.H1)));
    Expr events = month(rules.recorded(Metric.events(Window.H1)));
    Expr spent = bad.op("/", events.op(">", Expr.number(0))).op("/", budget);
    Expr untouched = Expr.number(1).op("+", Expr.number(0).op("*", events));
    return Expr.number(1).op("-", spent).or(untouched);
  }

  private static Expr month(Selector hourly) {
    return Expr.call("sum_over_time", hourly.over("30d:1h"));
  }

  private List<Panel> operation(OperationSpec operation) {
    Selector runs = target.select(Metric.runs(operation));
    Expr bad = ServicePanels.rate(runs.where("outcome", operation.bad()));
    return List.of(
        Panel.row(operation.name()),
        Panel.graph(
            "Runs by outcome",
            "ops",
            new Panel.Query(ServicePanels.rate(runs, "outcome"), "{{outcome}}")),
        Panel.graph(
            "Share that was bad",
            "percentunit",
            new Panel.Query(ServicePanels.share(bad, ServicePanels.rate(runs)), "bad")),
        ServicePanels.durations(target.select(Metric.buckets(operation))));
  }
}
