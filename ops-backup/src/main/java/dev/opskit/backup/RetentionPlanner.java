package dev.opskit.backup;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One application of the rules. Everything is newest first. */
final class RetentionPlanner {
  private final RetentionRules rules;
  private final Instant now;
  private final List<MarkedBackup> all;
  private final List<MarkedBackup> regular;
  private final List<MarkedBackup> good;
  private final Map<String, String> reasons = new HashMap<>();

  RetentionPlanner(RetentionRules rules, List<MarkedBackup> backups, Instant now) {
    this.rules = rules;
    this.now = now;
    this.all =
        backups.stream()
            .sorted(
                Comparator.comparing((MarkedBackup b) -> b.backup().startedAt())
                    .thenComparing(b -> b.backup().id())
                    .reversed())
            .toList();
    this.regular = all.stream().filter(MarkedBackup::isRegular).toList();
    this.good = regular.stream().filter(MarkedBackup::counts).toList();
  }

  RetentionPlan plan() {
    Optional<String> frozen = frozen();
    if (frozen.isPresent()) {
      all.forEach(backup -> keep(backup, "nothing is deleted now"));
    } else if (!all.isEmpty()) {
      keepTheNewest();
      keepByRule(good);
      keepByRule(regular.stream().filter(backup -> !backup.isDoubtful()).toList());
      keepByAge();
      keepWhatIsHeld();
      keepHalf();
    }
    return new RetentionPlan(now, frozen, all.stream().map(this::decision).toList());
  }

  private Optional<String> frozen() {
    if (all.isEmpty()) {
      return Optional.empty();
    }
    BackupRecord newest = all.get(0).backup();
    if (newest.startedAt().isAfter(now)) {
      return Optional.of(
          "the clock says %s, which is before the newest backup began (%s)"
              .formatted(now, newest.startedAt()));
    }
    if (good.isEmpty()) {
      return Optional.of("no backup is verified and free of doubt");
    }
    BackupRecord proven = good.get(0).backup();
    if (age(proven).compareTo(rules.freeze()) > 0) {
      return Optional.of(
          "the newest backup that counts, %s, is %s old, at most %s is allowed"
              .formatted(proven.id(), age(proven), rules.freeze()));
    }
    return Optional.empty();
  }

  private void keepTheNewest() {
    MarkedBackup newest = good.get(0);
    keep(newest, "the newest that counts");
    good.stream().limit(rules.floor()).forEach(b -> keep(b, "at least " + rules.floor()));
    regular.stream()
        .takeWhile(backup -> backup != newest)
        .forEach(backup -> keep(backup, "newer than the newest that counts"));
  }

  private void keepByRule(List<MarkedBackup> candidates) {
    candidates.stream().limit(rules.last()).forEach(b -> keep(b, "of the last " + rules.last()));
    newestOfEach(candidates, rules.daily(), "daily", day -> day);
    newestOfEach(
        candidates,
        rules.weekly(),
        "weekly",
        day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    newestOfEach(candidates, rules.monthly(), "monthly", day -> day.withDayOfMonth(1));
  }

  private void newestOfEach(
      List<MarkedBackup> candidates, int count, String name, UnaryOperator<LocalDate> period) {
    Set<LocalDate> periods = new HashSet<>();
    for (MarkedBackup backup : candidates) {
      LocalDate day = LocalDate.ofInstant(backup.backup().startedAt(), ZoneOffset.UTC);
      if (periods.size() < count && periods.add(period.apply(day))) {
        keep(backup, name);
      }
    }
  }

  private void keepByAge() {
    Duration days = Duration.ofDays(rules.days());
    for (MarkedBackup backup : all) {
      if (backup.isRegular() && age(backup.backup()).compareTo(days) < 0) {
        keep(backup, "younger than " + rules.days() + " days");
      } else if (!backup.isRegular() && age(backup.backup()).compareTo(rules.restorePoints()) < 0) {
        keep(backup, "a restore point younger than " + rules.restorePoints());
      }
    }
  }

  private void keepWhatIsHeld() {
    for (MarkedBackup backup : all) {
      if (backup.is(BackupMark.PINNED)) {
        keep(backup, "pinned");
      } else if (backup.is(BackupMark.QUARANTINED)) {
        keep(backup, "quarantined");
      }
    }
  }

  /** A new policy with a slip of the pen does not cost everything at once. */
  private void keepHalf() {
    List<MarkedBackup> going = good.stream().filter(b -> !isKept(b)).toList();
    going.stream()
        .limit(Math.max(0, going.size() - good.size() / 2))
        .forEach(b -> keep(b, "at most half of those that count go at once"));
  }

  private boolean isKept(MarkedBackup backup) {
    return reasons.containsKey(backup.backup().id());
  }

  private void keep(MarkedBackup backup, String why) {
    reasons.putIfAbsent(backup.backup().id(), why);
  }

  private RetentionPlan.Decision decision(MarkedBackup backup) {
    String reason = reasons.get(backup.backup().id());
    return new RetentionPlan.Decision(
        backup.backup(), reason != null, reason == null ? "no rule keeps it" : reason);
  }

  private Duration age(BackupRecord record) {
    return Duration.between(record.startedAt(), now);
  }
}
