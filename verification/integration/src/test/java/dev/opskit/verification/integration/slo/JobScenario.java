package dev.opskit.verification.integration.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * What happened to a job with an objective of freshness.
 *
 * @param name what happened
 * @param instances for each, the minute of its last success by the minute that it is asked in;
 *     {@link #MISSING} while it exports nothing
 * @param goneAt the minute from which on no target is up
 */
record JobScenario(String name, List<IntUnaryOperator> instances, int goneAt) {
  static final int MISSING = Integer.MIN_VALUE;
  static final int STEP = 5;
  static final int MINUTES = 480;

  private static final int NEVER = Integer.MAX_VALUE;
  private static final int MAX_AGE = (int) Declared.MAX_AGE.toMinutes();
  private static final int ABSENT_FOR = 10;
  private static final int GONE_FOR = 5;

  static List<JobScenario> all() {
    return List.of(
        of("succeeds every hour", minute -> minute / 60 * 60),
        of("never succeeds", minute -> 0),
        of("stops after some time", minute -> Math.min(minute, 200) / 50 * 50),
        of("just young enough", minute -> minute / 115 * 115),
        of("just too old", minute -> minute / 150 * 150),
        of("recovers", minute -> minute < 300 ? 0 : 300),
        of("restarted before it was too old", minute -> minute < 60 ? 0 : 60),
        of("restarted when it was too old", minute -> minute < 240 ? 0 : 240),
        of("last succeeded before the start", minute -> -300),
        of("one of two works", minute -> 0, minute -> minute / 60 * 60),
        of("both of two stop", minute -> 0, minute -> Math.min(minute, 100)),
        of("missing from the start", minute -> MISSING),
        of("missing later", minute -> minute < 100 ? minute / 60 * 60 : MISSING),
        new JobScenario("target gone", List.of(minute -> minute / 60 * 60), 200));
  }

  private static JobScenario of(String name, IntUnaryOperator... instances) {
    return new JobScenario(name, List.of(instances), NEVER);
  }

  void addTo(RuleTestFile tests) {
    tests.test(name, STEP);
    for (int i = 0; i < instances.size(); i++) {
      IntUnaryOperator last = instances.get(i);
      tests.series(series("up", i, ""), samples(minute -> isUp(minute) ? 1 : 0));
      // The other objective of the operation sleeps.
      tests.series(series("nightly_export_total", i, ",outcome=\"failed\""), samples(m -> 0));
      tests.series(
          series("nightly_export_last_success_timestamp_seconds", i, ""),
          samples(
              minute ->
                  isUp(minute) && last.applyAsInt(minute) != MISSING
                      ? last.applyAsInt(minute) * 60
                      : MISSING));
    }
    tests.expect(MINUTES, this::firing);
  }

  /** A metric is missing here on all instances or on none. */
  private Set<String> firing(int minute) {
    Set<String> firing = new TreeSet<>();
    int newest = newest(minute);
    if (newest != MISSING && minute - newest > MAX_AGE) {
      firing.add("{alertname=\"NightlyExportFreshnessMissed\",slo=\"nightly_export_freshness\"}");
    }
    if (minute >= ABSENT_FOR && newest == MISSING && newest(minute - ABSENT_FOR) == MISSING) {
      if (isUp(minute)) {
        firing.add("{alertname=\"NightlyExportFreshnessAbsent\",slo=\"nightly_export_freshness\"}");
      }
    }
    if (!isUp(minute) && minute >= goneAt + GONE_FOR) {
      firing.add("{alertname=\"ExportServiceGone\"}");
    }
    return firing;
  }

  private int newest(int minute) {
    return isUp(minute)
        ? instances.stream().mapToInt(last -> last.applyAsInt(minute)).max().orElseThrow()
        : MISSING;
  }

  private boolean isUp(int minute) {
    return minute < goneAt;
  }

  private static String samples(IntUnaryOperator value) {
    List<String> values = new ArrayList<>();
    for (int minute = 0; minute <= MINUTES; minute += STEP) {
      int now = value.applyAsInt(minute);
      values.add(now == MISSING ? (minute == 0 ? "_" : "stale") : Integer.toString(now));
    }
    return String.join(" ", values);
  }

  private static String series(String metric, int instance, String labels) {
    return "%s{job=\"export-service\",instance=\"%d\"%s}".formatted(metric, instance, labels);
  }
}
