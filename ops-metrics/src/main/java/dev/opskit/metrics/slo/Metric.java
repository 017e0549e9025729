package dev.opskit.metrics.slo;

import dev.opskit.metrics.OperationSpec;
import java.util.Set;

/**
 * A metric with the labels that it has, the leaf of every query: what is asked for cannot drift
 * from what is exported, because both come from the same declaration.
 */
record Metric(String name, Set<String> labels) {
  static Metric named(String name, String... labels) {
    return new Metric(name, Set.of(labels));
  }

  static Metric runs(OperationSpec operation) {
    return named(operation.counter(), "outcome");
  }

  static Metric buckets(OperationSpec operation) {
    return named(operation.histogram() + "_bucket", "le");
  }

  static Metric timed(OperationSpec operation) {
    return named(operation.histogram() + "_count");
  }

  static Metric lastSuccess(OperationSpec operation) {
    return named(operation.lastSuccess());
  }

  /** What Prometheus itself keeps of each target. */
  static Metric up() {
    return named("up");
  }

  static Metric events(Window window) {
    return recorded("slo:events:increase" + window);
  }

  static Metric badEvents(Window window) {
    return recorded("slo:bad_events:increase" + window);
  }

  static Metric badRatio(Window window) {
    return recorded("slo:bad_ratio:increase" + window);
  }

  private static Metric recorded(String name) {
    return named(name, Objective.LABEL);
  }
}
