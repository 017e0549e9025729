package dev.opskit.metrics.slo;

import dev.opskit.metrics.OperationSpec;
import dev.opskit.metrics.Slo;
import java.math.BigDecimal;
import java.time.Duration;

/** A declared objective as the artefacts see it. Immutable. */
sealed interface Objective permits RatioObjective, Objective.Freshness {
  /** The label that carries {@link #name()}. */
  String LABEL = "slo";

  static Objective of(OperationSpec operation, Slo slo) {
    if (slo instanceof Slo.Success success) {
      return new RatioObjective.Success(operation, success.percent());
    }
    if (slo instanceof Slo.Latency latency) {
      return new RatioObjective.Latency(operation, latency.percent(), latency.bound());
    }
    return new Freshness(operation, ((Slo.Freshness) slo).maxAge());
  }

  OperationSpec operation();

  /** What follows the name of the operation. */
  String kind();

  /** One sentence for people. */
  String promise();

  /** What an absence of makes every other query silent. */
  Selector decisive(Target target);

  /** Unique within a service, in snake case. */
  default String name() {
    return operation().name() + "_" + kind();
  }

  default String alert(String what) {
    return Names.camel(name()) + what;
  }

  /** The last success is never older than a bound. */
  record Freshness(OperationSpec operation, Duration maxAge) implements Objective {
    @Override
    public String kind() {
      return "freshness";
    }

    @Override
    public String promise() {
      return "%s last succeeded no longer ago than %s"
          .formatted(operation.name(), Names.duration(maxAge));
    }

    @Override
    public Selector decisive(Target target) {
      return target.select(Metric.lastSuccess(operation));
    }

    BigDecimal maxAgeSeconds() {
      return Names.seconds(maxAge);
    }
  }
}
