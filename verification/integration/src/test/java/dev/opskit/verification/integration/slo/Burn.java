package dev.opskit.verification.integration.slo;

import java.util.List;

/**
 * A row of the table of the SRE workbook, chapter 5, worked out in plain arithmetic on the events
 * of a {@link Scenario}: the second opinion that the generated PromQL has to agree with.
 */
record Burn(String longWindow, int longMinutes, int shortMinutes, double factor) {
  static final List<Burn> TABLE =
      List.of(
          new Burn("1h", 60, 5, 14.4),
          new Burn("6h", 360, 30, 6),
          new Burn("1d", 1_440, 120, 3),
          new Burn("3d", 4_320, 360, 1));

  private static final int MIN_BAD_EVENTS = 3;

  /** Whether the alert has to fire, by the minute. */
  boolean[] fires(Scenario scenario, double budget) {
    long[] events = scenario.events();
    long[] bad = scenario.bad(budget);
    double threshold = Math.min(factor * budget, 0.9);
    boolean[] fires = new boolean[events.length];
    for (int minute = 0; minute < fires.length; minute++) {
      fires[minute] =
          isSampled(scenario)
              && share(events, bad, minute, shortMinutes) > threshold
              && share(events, bad, minute, longMinutes) > threshold
              && in(bad, minute, longMinutes) >= MIN_BAD_EVENTS;
    }
    return fires;
  }

  /** The first minute in which it fires, -1 for never. */
  int firstMinute(Scenario scenario, double budget) {
    boolean[] fires = fires(scenario, budget);
    for (int minute = 0; minute < fires.length; minute += scenario.stepMinutes()) {
      if (fires[minute]) {
        return minute;
      }
    }
    return -1;
  }

  /** An increase needs two samples. */
  private boolean isSampled(Scenario scenario) {
    return scenario.sampleMinutes() <= shortMinutes;
  }

  private static double share(long[] events, long[] bad, int minute, int window) {
    long all = in(events, minute, window);
    return all == 0 ? 0 : (double) in(bad, minute, window) / all;
  }

  private static long in(long[] sums, int minute, int window) {
    return sums[minute] - sums[Math.max(0, minute - window)];
  }
}
