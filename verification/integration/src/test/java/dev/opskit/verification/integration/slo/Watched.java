package dev.opskit.verification.integration.slo;

import java.util.List;
import java.util.function.BiFunction;

/**
 * An objective of a ratio: what its alert must be called, and the time series that it is judged by.
 *
 * @param slo the label of its alerts
 * @param burnAlert the name of them
 * @param budget the share that may be bad
 * @param counters names and labels, and their values from those of all events and the bad ones
 */
record Watched(String slo, String burnAlert, double budget, List<Counter> counters) {
  /** A time series whose value follows from all events and the bad ones. */
  record Counter(String name, String labels, BiFunction<Long, Long, Long> value) {}

  static final Watched SUCCESS =
      new Watched(
          "orders_processed_success",
          "OrdersProcessedSuccessBurn",
          0.001,
          byOutcome("orders_processed_total"));
  static final Watched LATENCY =
      new Watched(
          "orders_processed_latency_500ms",
          "OrdersProcessedLatency500msBurn",
          0.01,
          List.of(
              new Counter(
                  "orders_processed_duration_seconds_bucket",
                  ",le=\"0.5\"",
                  (events, bad) -> events - bad),
              new Counter("orders_processed_duration_seconds_count", "", (events, bad) -> events)));
  static final Watched GENEROUS =
      new Watched(
          "nightly_export_success",
          "NightlyExportSuccessBurn",
          0.2,
          byOutcome("nightly_export_total"));

  private static List<Counter> byOutcome(String name) {
    return List.of(
        new Counter(name, ",outcome=\"ok\"", (events, bad) -> events - bad),
        new Counter(name, ",outcome=\"failed\"", (events, bad) -> bad));
  }

  /** The alert as {@link RuleTestFile} names it. */
  String alert(Burn burn) {
    return "{alertname=\"%s\",slo=\"%s\",long_window=\"%s\"}"
        .formatted(burnAlert, slo, burn.longWindow());
  }
}
