package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The usual rules of retention. A backup stays if any rule wants it; each method returns a new
 * object with one more rule or another limit.
 *
 * <pre>{@code
 * Retention.days(30).orGenerations(0, 0, 12).keepAtLeast(7)
 * }</pre>
 *
 * <p>Whatever the rules say:
 *
 * <ul>
 *   <li>Nothing is deleted while no backup {@linkplain MarkedBackup#counts() counts}, while the
 *       newest that does is too old, or while the clock is behind the start of any backup.
 *   <li>What is younger than the newest backup that counts stays: it may still be verified.
 *   <li>At least {@link #keepAtLeast} backups that count stay, among them the newest.
 *   <li>A run deletes at most half of the backups that count.
 *   <li>What is pinned or quarantined stays.
 *   <li>Restore points stay for a time of their own; they neither count nor are counted.
 * </ul>
 *
 * <p>Days, weeks (from Monday) and months are those of UTC. Immutable.
 */
public final class Retention implements RetentionPolicy {
  private final RetentionRules rules;

  private Retention(RetentionRules rules) {
    this.rules = rules;
  }

  /**
   * Keeps what is younger than a number of days.
   *
   * @param days 1 to 36500
   * @return the policy
   */
  public static Retention days(int days) {
    return new Retention(RetentionRules.NONE).orDays(days);
  }

  /**
   * Keeps the newest that count.
   *
   * @param count 1 or more
   * @return the policy
   */
  public static Retention last(int count) {
    return new Retention(RetentionRules.NONE).orLast(count);
  }

  /**
   * Keeps the newest that counts of each of the most recent days, weeks and months that have one.
   *
   * @param daily how many days, 0 or more
   * @param weekly how many weeks, 0 or more
   * @param monthly how many months, 0 or more; not all three 0
   * @return the policy
   */
  public static Retention generations(int daily, int weekly, int monthly) {
    return new Retention(RetentionRules.NONE).orGenerations(daily, weekly, monthly);
  }

  /**
   * Keeps what is younger than a number of days, too.
   *
   * @param days 1 to 36500
   * @return the policy with this rule
   */
  public Retention orDays(int days) {
    if (days < 1 || days > 36_500) {
      throw new IllegalArgumentException("days is " + days + ", must be 1 to 36500");
    }
    return new Retention(rules.withDays(days));
  }

  /**
   * Keeps the newest that count, too. Those that are not verified yet are counted apart.
   *
   * @param count 1 or more
   * @return the policy with this rule
   */
  public Retention orLast(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count is " + count + ", must be 1 or more");
    }
    return new Retention(rules.withLast(count));
  }

  /**
   * Keeps the newest that counts of each of the most recent days, weeks and months that have one,
   * too. Those that are not verified yet are counted apart.
   *
   * @param daily how many days, 0 or more
   * @param weekly how many weeks, 0 or more
   * @param monthly how many months, 0 or more; not all three 0
   * @return the policy with this rule
   */
  public Retention orGenerations(int daily, int weekly, int monthly) {
    if (daily < 0 || weekly < 0 || monthly < 0 || daily + weekly + monthly == 0) {
      throw new IllegalArgumentException(
          "generations are %d, %d, %d: must be 0 or more and not all 0"
              .formatted(daily, weekly, monthly));
    }
    return new Retention(rules.withGenerations(daily, weekly, monthly));
  }

  /**
   * How many backups that count always stay, however old they are.
   *
   * @param count 1 or more; default 3
   * @return the policy with this limit
   */
  public Retention keepAtLeast(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("keepAtLeast is " + count + ", must be 1 or more");
    }
    return new Retention(rules.withFloor(count));
  }

  /**
   * How long restore points stay.
   *
   * @param age zero or more; default 72 hours
   * @return the policy with this limit
   */
  public Retention restorePointsFor(Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("restorePointsFor is " + age + ", must not be negative");
    }
    return new Retention(rules.withRestorePoints(age));
  }

  /**
   * How old the newest backup that counts may be for anything to be deleted: twice the interval
   * between backups is a good value.
   *
   * @param age positive; default 48 hours
   * @return the policy with this limit
   */
  public Retention freezeWhenOlderThan(Duration age) {
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("freezeWhenOlderThan is " + age + ", must be positive");
    }
    return new Retention(rules.withFreeze(age));
  }

  @Override
  public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
    return new RetentionPlanner(rules, backups, now).plan();
  }

  @Override
  public String toString() {
    return rules.toString();
  }
}
