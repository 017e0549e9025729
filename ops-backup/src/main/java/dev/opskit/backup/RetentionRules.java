package dev.opskit.backup;

import java.time.Duration;

/** The numbers behind {@link Retention}; 0 switches a rule off. */
record RetentionRules(
    int days,
    int last,
    int daily,
    int weekly,
    int monthly,
    int floor,
    Duration restorePoints,
    Duration freeze) {
  static final RetentionRules NONE =
      new RetentionRules(0, 0, 0, 0, 0, 3, Duration.ofHours(72), Duration.ofHours(48));

  RetentionRules withDays(int count) {
    return new RetentionRules(count, last, daily, weekly, monthly, floor, restorePoints, freeze);
  }

  RetentionRules withLast(int count) {
    return new RetentionRules(days, count, daily, weekly, monthly, floor, restorePoints, freeze);
  }

  RetentionRules withGenerations(int ofDays, int ofWeeks, int ofMonths) {
    return new RetentionRules(days, last, ofDays, ofWeeks, ofMonths, floor, restorePoints, freeze);
  }

  RetentionRules withFloor(int count) {
    return new RetentionRules(days, last, daily, weekly, monthly, count, restorePoints, freeze);
  }

  RetentionRules withRestorePoints(Duration age) {
    return new RetentionRules(days, last, daily, weekly, monthly, floor, age, freeze);
  }

  RetentionRules withFreeze(Duration age) {
    return new RetentionRules(days, last, daily, weekly, monthly, floor, restorePoints, age);
  }
}
