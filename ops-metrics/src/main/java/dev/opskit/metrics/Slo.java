package dev.opskit.metrics;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * A service level objective of an {@link Operation}, from which rules, dashboard and canary gate
 * are generated. Immutable. The terms are those of the SRE workbook, chapter 5.
 */
public sealed interface Slo {

  /**
   * So many of the runs end in an outcome that is not bad.
   *
   * @param percent above 0 and below 100, for example {@code "99.9"}
   * @return the objective
   * @throws IllegalArgumentException if it is no such number
   */
  static Slo success(String percent) {
    return new Success(Percent.parse("success", percent));
  }

  /**
   * So many of the runs take no longer than a bound.
   *
   * @param percent above 0 and below 100, for example {@code "99"}
   * @param bound above 0; must be one of the operation's buckets
   * @return the objective
   * @throws IllegalArgumentException if the percent is no such number or the bound not above 0
   */
  static Slo latency(String percent, Duration bound) {
    return new Latency(Percent.parse("latency", percent), Percent.positive("latency", bound));
  }

  /**
   * The last run that ended well is never older than a bound: for backups and other jobs.
   *
   * @param maxAge above 0
   * @return the objective
   * @throws IllegalArgumentException if it is not above 0
   */
  static Slo freshness(Duration maxAge) {
    return new Freshness(Percent.positive("freshness", maxAge));
  }

  /**
   * Made by {@link Slo#success}.
   *
   * @param percent of the runs
   */
  record Success(BigDecimal percent) implements Slo {}

  /**
   * Made by {@link Slo#latency}.
   *
   * @param percent of the runs
   * @param bound how long they may take
   */
  record Latency(BigDecimal percent, Duration bound) implements Slo {}

  /**
   * Made by {@link Slo#freshness}.
   *
   * @param maxAge of the last run that ended well
   */
  record Freshness(Duration maxAge) implements Slo {}
}
