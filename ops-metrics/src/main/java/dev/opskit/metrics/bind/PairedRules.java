package dev.opskit.metrics.bind;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of Prometheus that stand beside the alerts from events: a process that is dead, or
 * cannot reach its Alertmanager, raises nothing, but what it exported before is known, and that it
 * exports nothing any more is, too. Name, severity and the labels that say what it happened to are
 * those of the event's alert, so Alertmanager groups them alike. The names of the metrics are taken
 * from the binders of this package. Immutable.
 */
public final class PairedRules {
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(366);

  private final Duration backupMaxAge;

  private PairedRules(Duration backupMaxAge) {
    this.backupMaxAge = backupMaxAge;
  }

  /**
   * The rules of a service.
   *
   * @param backupMaxAge how old the newest proven backup may be: the interval between backups plus
   *     the longest time one takes with its verification plus some grace; 1 min to 366 days, in
   *     whole seconds
   * @return rules that are not written yet
   * @throws IllegalArgumentException if the age is out of its range
   */
  public static PairedRules of(Duration backupMaxAge) {
    if (backupMaxAge.compareTo(LEAST) < 0 || backupMaxAge.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "backupMaxAge is %s, must be %s to %s".formatted(backupMaxAge, LEAST, MOST));
    }
    return new PairedRules(backupMaxAge);
  }

  /**
   * A rules file with one group, {@code opskit-paired}.
   *
   * @return YAML that {@code promtool check rules} accepts
   */
  public String yaml() {
    return rules().stream()
        .map(PairedRule::yaml)
        .collect(Collectors.joining("", "groups:\n  - name: opskit-paired\n    rules:\n", ""));
  }

  List<PairedRule> rules() {
    return List.of(
        new PairedRule(
            "BackupFailed",
            "critical",
            Duration.ZERO,
            "The last backup of {{ $labels.source }} failed",
            remembered(BackupMetrics.FAILING, "{operation=\"backup\"}")),
        new PairedRule(
            "BackupCorrupt",
            "critical",
            Duration.ZERO,
            "A backup of {{ $labels.source }} is damaged",
            remembered(BackupMetrics.CORRUPT, "")),
        new PairedRule(
            "BackupOverdue",
            "critical",
            Duration.ofMinutes(5),
            "The newest proven backup of {{ $labels.source }} is too old",
            overdue()),
        new PairedRule(
            "HealthDown",
            "critical",
            Duration.ofMinutes(2),
            "Check {{ $labels.check }} of {{ $labels.job }} is down, or the service is gone",
            "min by (job, check) (%s) == 0 or %s"
                .formatted(HealthMetrics.UP.exported(), gone(HealthMetrics.READY))),
        new PairedRule(
            "SecretsStale",
            "warning",
            Duration.ZERO,
            "Secret {{ $labels.secret }} cannot be loaded, or the service is gone",
            "sum by (job, secret) (increase(%s[15m])) > 0 or %s"
                .formatted(
                    SecretsMetrics.STALE_SERVES.exported(), gone(SecretsMetrics.STALE_SERVES))),
        new PairedRule(
            "SecretsUnavailable",
            "critical",
            Duration.ZERO,
            "There is no value of secret {{ $labels.secret }}, or the service is gone",
            "sum by (job, secret) (increase(%s[15m])) > 0 or %s"
                .formatted(SecretsMetrics.FAILURES.exported(), gone(SecretsMetrics.FAILURES))),
        new PairedRule(
            "AlertsNotDelivered",
            "warning",
            Duration.ofMinutes(5),
            "Sink {{ $labels.sink }} of {{ $labels.job }} cannot deliver its alerts",
            "max by (job, sink) (%s) > 0".formatted(AlertMetrics.PENDING.exported())));
  }

  /** As it is exported now; if nobody does any more, as it was exported last, for a day. */
  private static String remembered(MeterSpec meter, String labels) {
    String name = meter.exported() + labels;
    return "max by (source) (%s) > 0 or max by (source) (last_over_time(%s[1d])) > 0 unless max by (source) (%s)"
        .formatted(name, name, name);
  }

  /** One instance of several may know of a newer backup than the others. */
  private String overdue() {
    String name = RecoveryPoint.PROVEN.exported();
    long most = backupMaxAge.toSeconds();
    // After the process is gone its last word has to be known until it is overdue, and then some.
    String window = name + "[" + (most + Duration.ofDays(7).toSeconds()) + "s]";
    return "time() - max by (source) (max_over_time(%s)) > %d or absent_over_time(%s)"
        .formatted(window, most, window);
  }

  /** Of all instances of a job that were there in the last hour, none is left. */
  private static String gone(MeterSpec meter) {
    String name = meter.exported();
    return "group by (job) (last_over_time(%s[1h])) unless group by (job) (%s)"
        .formatted(name, name);
  }
}
