package dev.opskit.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A runbook as code: what is done, in which order, when a service's data is lost or wrong.
 * Immutable and thread-safe, if its steps and probes are.
 *
 * <p>Its steps are: {@code maintenance-on}, the user's {@linkplain #first first ones}, {@code
 * restore-point} (as good as it can be had within its time), {@code restore} (the newest backup
 * that counts, or the next older one that can be restored), the user's {@linkplain #beforeOpening
 * last ones}, and {@code maintenance-off}. After a complete outage there is {@code target} and
 * {@code globals} instead of {@code restore-point}, and {@code hand-over} before {@code
 * maintenance-off}.
 */
public final class RecoveryPlan {
  static final String MAINTENANCE_ON = "maintenance-on";
  static final String TARGET = "target";
  static final String GLOBALS = "globals";
  static final String RESTORE_POINT = "restore-point";
  static final String RESTORE = "restore";
  static final String HAND_OVER = "hand-over";
  static final String MAINTENANCE_OFF = "maintenance-off";
  private static final Set<String> OWN =
      Set.of(MAINTENANCE_ON, TARGET, GLOBALS, RESTORE_POINT, RESTORE, HAND_OVER, MAINTENANCE_OFF);
  private static final String COMPLETE_OUTAGE = "complete-outage";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Duration MAX_WAIT = Duration.ofHours(24);

  private final String name;
  private final String source;
  private final List<RecoveryStep> first;
  private final List<RecoveryStep> beforeOpening;
  private final List<RestoreProbe> probes;
  private final Duration restorePointWithin;
  private final @Nullable RecoveryTarget target;

  private RecoveryPlan(
      String name,
      String source,
      List<RecoveryStep> first,
      List<RecoveryStep> beforeOpening,
      List<RestoreProbe> probes,
      Duration restorePointWithin,
      @Nullable RecoveryTarget target) {
    this.name = name;
    this.source = source;
    this.first = List.copyOf(first);
    this.beforeOpening = List.copyOf(beforeOpening);
    this.probes = List.copyOf(probes);
    this.restorePointWithin = restorePointWithin;
    this.target = target;
  }

  /**
   * The database is lost or holds wrong data; its server works. What is live is saved if that can
   * be done, and put aside and not deleted.
   *
   * @param source whose backups, as given to {@link BackupService#builder}
   * @return the plan {@code database-failure}
   */
  public static RecoveryPlan databaseFailure(String source) {
    return new RecoveryPlan(
        "database-failure",
        Objects.requireNonNull(source, "source"),
        List.of(),
        List.of(),
        List.of(),
        Duration.ofMinutes(10),
        null);
  }

  /**
   * Everything is lost; the backup service was built for a new server. There is nothing to save, so
   * that there is no step {@code restore-point}.
   *
   * @param source whose backups, as given to {@link BackupService#builder}
   * @return the plan {@code complete-outage}
   */
  public static RecoveryPlan completeOutage(String source) {
    return afterOutage(source, null);
  }

  /**
   * Everything is lost, and the new server is not there yet. The backup service may have been built
   * for the lost one: its store and keys are used, and the target's strategy instead of its own.
   *
   * @param source whose backups, as given to {@link BackupService#builder}
   * @param target makes the new server ready and hands it over
   * @return the plan {@code complete-outage}
   */
  public static RecoveryPlan completeOutage(String source, RecoveryTarget target) {
    return afterOutage(source, Objects.requireNonNull(target, "target"));
  }

  private static RecoveryPlan afterOutage(String source, @Nullable RecoveryTarget target) {
    return new RecoveryPlan(
        COMPLETE_OUTAGE,
        Objects.requireNonNull(source, "source"),
        List.of(),
        List.of(),
        List.of(),
        Duration.ZERO,
        target);
  }

  /**
   * Adds a step behind {@code maintenance-on}, for example one that makes a new server ready.
   *
   * @param step what to do; behind those that were added before
   * @return a new plan
   * @throws IllegalArgumentException if its name is malformed or taken
   */
  public RecoveryPlan first(RecoveryStep step) {
    return new RecoveryPlan(
        name, source, with(first, step), beforeOpening, probes, restorePointWithin, target);
  }

  /**
   * Adds a step before {@code maintenance-off}, for example one that warms a cache.
   *
   * @param step what to do; behind those that were added before
   * @return a new plan
   * @throws IllegalArgumentException if its name is malformed or taken
   */
  public RecoveryPlan beforeOpening(RecoveryStep step) {
    return new RecoveryPlan(
        name, source, first, with(beforeOpening, step), probes, restorePointWithin, target);
  }

  /**
   * Sets what the service asks of restored data before and after it goes live.
   *
   * @param probes instead of those that were set before
   * @return a new plan
   */
  public RecoveryPlan probes(RestoreProbe... probes) {
    return new RecoveryPlan(
        name, source, first, beforeOpening, List.of(probes), restorePointWithin, target);
  }

  /**
   * How long the step {@code restore-point} may take. The recovery goes on without it if it fails
   * or takes longer: what is broken may not be readable.
   *
   * @param atMost zero for no such step; at most 24 hours; default 10 minutes
   * @return a new plan
   * @throws IllegalArgumentException if it is out of its range
   */
  public RecoveryPlan restorePointWithin(Duration atMost) {
    if (atMost.isNegative() || atMost.compareTo(MAX_WAIT) > 0) {
      throw new IllegalArgumentException(
          "restorePointWithin is " + atMost + ", must be zero to " + MAX_WAIT);
    }
    return new RecoveryPlan(name, source, first, beforeOpening, probes, atMost, target);
  }

  private List<RecoveryStep> with(List<RecoveryStep> steps, RecoveryStep step) {
    String wanted = step.name();
    Set<String> taken = new HashSet<>(OWN);
    first.forEach(s -> taken.add(s.name()));
    beforeOpening.forEach(s -> taken.add(s.name()));
    if (!NAME.matcher(wanted).matches() || taken.contains(wanted)) {
      throw new IllegalArgumentException(
          "the step's name '%s' must be of the form %s and none of %s"
              .formatted(wanted, NAME.pattern(), taken));
    }
    List<RecoveryStep> more = new ArrayList<>(steps);
    more.add(step);
    return more;
  }

  String name() {
    return name;
  }

  String source() {
    return source;
  }

  Duration restorePointWithin() {
    return restorePointWithin;
  }

  RestoreProbe[] probes() {
    return probes.toArray(RestoreProbe[]::new);
  }

  @Nullable RecoveryTarget target() {
    return target;
  }

  /** Whether the server may lack what the backups' data needs of it. */
  boolean isForANewServer() {
    return name.equals(COMPLETE_OUTAGE);
  }

  /** All of them in order; the plan's own are given, by name, by who runs it. */
  List<RecoveryStep> steps(Function<String, RecoveryStep> own) {
    List<RecoveryStep> steps = new ArrayList<>();
    steps.add(own.apply(MAINTENANCE_ON));
    steps.addAll(first);
    if (target != null) {
      steps.add(own.apply(TARGET));
    }
    if (isForANewServer()) {
      steps.add(own.apply(GLOBALS));
    }
    if (!restorePointWithin.isZero()) {
      steps.add(own.apply(RESTORE_POINT));
    }
    steps.add(own.apply(RESTORE));
    steps.addAll(beforeOpening);
    if (target != null) {
      steps.add(own.apply(HAND_OVER));
    }
    steps.add(own.apply(MAINTENANCE_OFF));
    return steps;
  }
}
