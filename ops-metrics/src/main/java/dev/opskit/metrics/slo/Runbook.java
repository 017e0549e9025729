package dev.opskit.metrics.slo;

import dev.opskit.metrics.OperationSpec;
import java.math.BigDecimal;
import java.util.List;

/** A page in Markdown with a section for each alert, which its {@code runbook_url} leads to. */
final class Runbook {
  private final SloOptions options;
  private final StringBuilder out = new StringBuilder();

  Runbook(SloOptions options) {
    this.options = options;
  }

  String of(List<Objective> objectives) {
    line("# Runbook of %s", options.service());
    line("");
    line("%s", SloArtefacts.NOTE);
    line("");
    line("| objective | promise |");
    line("|---|---|");
    for (Objective objective : objectives) {
      line("| `%s` | %s |", objective.name(), objective.promise());
    }
    for (Objective objective : objectives) {
      if (objective instanceof RatioObjective ratio) {
        burn(ratio);
      } else if (objective instanceof Objective.Freshness freshness) {
        missed(freshness);
      }
      absent(objective);
    }
    gone();
    return out.toString();
  }

  private void burn(RatioObjective objective) {
    section(objective.alert("Burn"));
    about(objective);
    line("");
    line("| severity | share of bad events above | in the last | and in the last |");
    line("|---|---|---|---|");
    for (BurnRate rate : BurnRate.values()) {
      BigDecimal percent = rate.threshold(objective.budget()).movePointRight(2);
      line(
          "| %s | %s %% | %s | %s |",
          rate.severity(), Expr.number(percent).text(), rate.longWindow(), rate.shortWindow());
    }
    line("");
    line(
        "At least %d bad events in the longer window are needed. Idle time counts as neither good"
            + " nor bad.",
        options.minBadEvents());
    line("");
    line("1. What fails: `%s`", byOutcome(objective.operation()).text());
    line(
        "2. Since when, and did a rollout begin then? Roll it back first, look for the cause"
            + " after.");
    line("3. Do its dependencies answer? `/health` of an instance names those that do not.");
    line("4. The logs of that time at level ERROR, by correlation id.");
  }

  private void missed(Objective.Freshness objective) {
    section(objective.alert("Missed"));
    about(objective);
    line("");
    line(
        "1. Does it run and fail, or not run at all? `%s`",
        byOutcome(objective.operation()).text());
    line(
        "2. If it fails: the logs of its last run. If it does not run: its schedule, and who holds"
            + " its lock.");
    line(
        "3. After the cause is mended, run it once by hand; the alert ends with the first"
            + " success.");
    line("");
    line(
        "A restart counts as a success until the next run, so look at the age of the process,"
            + " too.");
  }

  private void absent(Objective objective) {
    section(objective.alert("Absent"));
    line(
        "Targets are up but do not export `%s`: the other alerts of `%s` are silent there.",
        objective.decisive(options.target()).text(), objective.name());
    line("");
    line(
        "1. Was the operation, an outcome or a bucket renamed? Generate the rules anew and roll"
            + " them out.");
    line("2. Is the operation declared only after its first use? Declare it at the start.");
  }

  private void gone() {
    section(PresenceRules.goneAlert(options));
    line("No target of job `%s` is up: nothing is known of any objective.", options.job());
    line("");
    line("1. Do the instances run? Are they restarted over and over?");
    line(
        "2. If they run: can Prometheus reach their management port, and is the job still named"
            + " so?");
  }

  private Expr byOutcome(OperationSpec operation) {
    return Expr.increase(
        options.target().select(Metric.runs(operation)).over(Window.H1), "outcome");
  }

  private void about(Objective objective) {
    line("%s. %s", objective.promise(), objective.operation().help());
  }

  private void section(String title) {
    line("");
    line("## %s", title);
    line("");
  }

  private void line(String format, Object... arguments) {
    out.append(format.formatted(arguments)).append('\n');
  }
}
