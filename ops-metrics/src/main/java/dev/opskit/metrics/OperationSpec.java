package dev.opskit.metrics;

import java.time.Duration;
import java.util.List;

/**
 * What was declared of an {@link Operation}, for whoever generates from it. Immutable.
 *
 * @param name snake case, without unit and suffix
 * @param help one sentence
 * @param outcomes all of them, the normal one first
 * @param bad those that count against the service; the first is what an exception counts as
 * @param buckets upper bounds of the duration's histogram, ascending
 * @param slos its objectives, may be empty
 */
public record OperationSpec(
    String name,
    String help,
    List<String> outcomes,
    List<String> bad,
    List<Duration> buckets,
    List<Slo> slos) {

  /** Copies the lists. */
  public OperationSpec {
    outcomes = List.copyOf(outcomes);
    bad = List.copyOf(bad);
    buckets = List.copyOf(buckets);
    slos = List.copyOf(slos);
  }

  /**
   * The counter of the runs, with the label {@code outcome}.
   *
   * @return its name as Prometheus shows it
   */
  public String counter() {
    return name + "_total";
  }

  /**
   * The histogram of how long the runs took; Prometheus appends {@code _bucket}, {@code _sum} and
   * {@code _count}.
   *
   * @return its name as Prometheus shows it
   */
  public String histogram() {
    return name + "_duration_seconds";
  }

  /**
   * The gauge of when a run last ended in the normal outcome, in seconds since 1970; until the
   * first one has, of when the operation was declared.
   *
   * @return its name as Prometheus shows it
   */
  public String lastSuccess() {
    return name + "_last_success_timestamp_seconds";
  }

  /**
   * The gauge of the runs that are under way.
   *
   * @return its name as Prometheus shows it
   */
  public String active() {
    return name + "_active";
  }

  List<String> families() {
    return List.of(name, histogram(), histogram() + "_max", lastSuccess(), active());
  }
}
