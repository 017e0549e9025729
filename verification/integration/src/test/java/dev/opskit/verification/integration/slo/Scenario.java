package dev.opskit.verification.integration.slo;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened to a service, minute by minute, in terms that fit every objective of a ratio.
 *
 * @param name what happened
 * @param stepMinutes how often the rules are evaluated
 * @param sampleMinutes how often the service is scraped
 * @param phases one after the other
 * @param resetAt the minute in which the process was restarted, 0 for never
 * @param goneAt the minute from which on no target is up, 0 for never
 */
record Scenario(
    String name, int stepMinutes, int sampleMinutes, List<Phase> phases, int resetAt, int goneAt) {
  /** A share that stands for all events instead of a multiple of the budget. */
  static final double ALL = -1;

  /** So many that every share of them is a whole number. */
  static final int BUSY = 100_000;

  /**
   * A time in which all minutes are alike.
   *
   * @param minutes how long
   * @param events in each minute
   * @param burn the multiple of the error budget that is bad, or {@link #ALL}
   */
  record Phase(int minutes, int events, double burn) {
    int bad(double budget) {
      return (int) Math.round(events * (burn == ALL ? 1 : burn * budget));
    }
  }

  static Scenario of(String name, int stepMinutes, int sampleMinutes, Phase... phases) {
    return new Scenario(name, stepMinutes, sampleMinutes, List.of(phases), 0, 0);
  }

  static Phase clean(int minutes) {
    return new Phase(minutes, BUSY, 0);
  }

  static Phase quiet(int minutes) {
    return new Phase(minutes, 0, 0);
  }

  static Phase burning(int minutes, double burn) {
    return new Phase(minutes, BUSY, burn);
  }

  Scenario restartedAt(int minute) {
    return new Scenario(name, stepMinutes, sampleMinutes, phases, minute, goneAt);
  }

  Scenario gone(int minute) {
    return new Scenario(name, stepMinutes, sampleMinutes, phases, resetAt, minute);
  }

  int minutes() {
    return phases.stream().mapToInt(Phase::minutes).sum();
  }

  /** How many events there were from the start to the end of each minute; nothing in minute 0. */
  long[] events() {
    return sums(phases.stream().map(phase -> new int[] {phase.minutes(), phase.events()}).toList());
  }

  long[] bad(double budget) {
    return sums(
        phases.stream().map(phase -> new int[] {phase.minutes(), phase.bad(budget)}).toList());
  }

  private long[] sums(List<int[]> minutesAndCounts) {
    long[] sums = new long[minutes() + 1];
    int minute = 1;
    for (int[] phase : minutesAndCounts) {
      for (int i = 0; i < phase[0]; i++) {
        sums[minute] = sums[minute - 1] + phase[1];
        minute++;
      }
    }
    return sums;
  }

  /** As a counter shows it that was scraped, in promtool's notation. */
  String samples(long[] sums) {
    List<String> values = new ArrayList<>();
    for (int minute = 0; minute < sums.length; minute += sampleMinutes) {
      if (goneAt > 0 && minute >= goneAt) {
        break;
      }
      long before = resetAt > 0 && minute >= resetAt ? sums[resetAt - 1] : 0;
      values.add(Long.toString(sums[minute] - before));
    }
    return String.join(" ", values);
  }
}
