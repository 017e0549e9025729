package dev.opskit.metrics.slo;

import dev.opskit.metrics.OperationSpec;
import java.math.BigDecimal;
import java.time.Duration;

/** So many of the events are good; the rest is the error budget. Immutable. */
sealed interface RatioObjective extends Objective {
  BigDecimal percent();

  /** The counters of all events, good and bad. */
  Selector counted(Target target);

  /** What was counted over the window of the selectors, by labels. */
  default Expr events(Target target, String window, String... by) {
    return Expr.increase(counted(target).over(window), by);
  }

  /** Those of them that were bad. Empty if nothing of the kind is exported. */
  Expr bad(Target target, String window, String... by);

  /** The share that has to be good, from 0 to 1. */
  default BigDecimal goal() {
    return percent().movePointLeft(2);
  }

  /** The share that may be bad, from 0 to 1. */
  default BigDecimal budget() {
    return BigDecimal.ONE.subtract(goal());
  }

  /** A run counts as bad by its outcome. */
  record Success(OperationSpec operation, BigDecimal percent) implements RatioObjective {
    @Override
    public String kind() {
      return "success";
    }

    @Override
    public String promise() {
      return "%s %% of the runs of %s do not end in: %s"
          .formatted(percent.toPlainString(), operation.name(), String.join(", ", operation.bad()));
    }

    @Override
    public Selector decisive(Target target) {
      return counted(target).where("outcome", operation.bad());
    }

    @Override
    public Selector counted(Target target) {
      return target.select(Metric.runs(operation));
    }

    @Override
    public Expr bad(Target target, String window, String... by) {
      return Expr.increase(decisive(target).over(window), by);
    }
  }

  /** A run counts as bad if it took longer than a bound, whatever its outcome. */
  record Latency(OperationSpec operation, BigDecimal percent, Duration bound)
      implements RatioObjective {
    @Override
    public String kind() {
      return "latency_" + Names.duration(bound);
    }

    @Override
    public String promise() {
      return "%s %% of the runs of %s take no longer than %s"
          .formatted(percent.toPlainString(), operation.name(), Names.duration(bound));
    }

    @Override
    public Selector decisive(Target target) {
      return target.select(Metric.buckets(operation)).where("le", Names.le(bound));
    }

    @Override
    public Selector counted(Target target) {
      return target.select(Metric.timed(operation));
    }

    /** Each of the two increases is extrapolated for itself, so the difference may be below 0. */
    @Override
    public Expr bad(Target target, String window, String... by) {
      Expr inTime = Expr.increase(decisive(target).over(window), by);
      Expr late = events(target, window, by).op("-", inTime);
      return Expr.call("clamp_min", late, Expr.number(0));
    }
  }
}
