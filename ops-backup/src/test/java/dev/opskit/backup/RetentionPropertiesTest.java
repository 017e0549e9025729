package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What must hold for every history and every policy. {@code -Dopskit.retention.cases=1000000} tries
 * more; the seed of a case that fails is in its message.
 */
@Tag("once")
class RetentionPropertiesTest {
  private static final int CASES = Integer.getInteger("opskit.retention.cases", 50_000);

  @Test
  void theInvariantsHoldForEveryHistory() {
    int frozen = 0;
    int deleting = 0;
    for (long seed = 0; seed < CASES; seed++) {
      RandomHistory history = RandomHistory.of(new Random(seed));
      RetentionPlan plan = history.plan();
      try {
        check(history, plan);
        if (plan.frozen().isEmpty() && seed % 4 == 0) {
          compareWithOtherPlans(history, plan, new Random(seed));
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("case " + seed + ": " + history + "\n" + plan.describe(), e);
      }
      frozen += plan.frozen().isPresent() ? 1 : 0;
      deleting += plan.deletions().isEmpty() ? 0 : 1;
    }
    // Otherwise the cases show nothing.
    assertTrue(frozen > CASES / 10, "frozen: " + frozen);
    assertTrue(deleting > CASES / 10, "deleting: " + deleting);
  }

  private static void check(RandomHistory history, RetentionPlan plan) {
    everyBackupIsDecidedOnce(history, plan);
    Set<String> gone = ids(plan.deletions().stream().map(RetentionPlan.Decision::backup).toList());
    List<MarkedBackup> good =
        newestFirst(history).stream().filter(b -> b.isRegular() && b.counts()).toList();
    if (mustBeFrozen(history, good)) {
      assertTrue(plan.frozen().isPresent(), "it should be frozen");
      assertEquals(Set.of(), gone);
      return;
    }
    assertTrue(plan.frozen().isEmpty(), "it should not be frozen");
    for (MarkedBackup backup : history.backups()) {
      if (gone.contains(backup.backup().id())) {
        assertTrue(mayGo(history, backup, good), () -> backup + " had to stay");
      }
    }
    List<MarkedBackup> left = good.stream().filter(b -> !gone.contains(b.backup().id())).toList();
    assertTrue(left.size() >= Math.min(history.rules().floor(), good.size()), "the floor");
    assertTrue(2 * left.size() >= good.size(), "more than half of those that count");
    generationsStay(history, good, left);
  }

  /** Costs many plans. */
  private static void compareWithOtherPlans(
      RandomHistory history, RetentionPlan plan, Random random) {
    Set<String> gone = ids(plan.deletions().stream().map(RetentionPlan.Decision::backup).toList());
    thePlanDoesNotHangOnTheOrder(history, plan, random);
    restorePointsChangeNothing(history, gone);
    itComesToRest(history);
  }

  private static void everyBackupIsDecidedOnce(RandomHistory history, RetentionPlan plan) {
    assertEquals(
        history.backups().size(),
        ids(plan.decisions().stream().map(RetentionPlan.Decision::backup).toList()).size());
    assertEquals(history.backups().size(), plan.decisions().size());
  }

  private static boolean mustBeFrozen(RandomHistory history, List<MarkedBackup> good) {
    if (history.backups().isEmpty()) {
      return false;
    }
    boolean behind =
        history.backups().stream().anyMatch(b -> b.backup().startedAt().isAfter(history.now()));
    return behind
        || good.isEmpty()
        || good.get(0).backup().startedAt().isBefore(history.now().minus(history.rules().freeze()));
  }

  private static boolean mayGo(
      RandomHistory history, MarkedBackup backup, List<MarkedBackup> good) {
    Instant at = backup.backup().startedAt();
    Duration age = Duration.between(at, history.now());
    if (backup.is(BackupMark.PINNED) || backup.is(BackupMark.QUARANTINED)) {
      return false;
    }
    if (!backup.isRegular()) {
      return age.compareTo(history.rules().restorePoints()) >= 0;
    }
    return at.isBefore(good.get(0).backup().startedAt())
        && age.compareTo(Duration.ofDays(history.rules().days())) >= 0
        && !good.stream().limit(history.rules().last()).toList().contains(backup);
  }

  /** Counted in another way than by the planner. */
  private static void generationsStay(
      RandomHistory history, List<MarkedBackup> good, List<MarkedBackup> left) {
    RetentionRules rules = history.rules();
    generation(good, left, rules.daily(), at -> at.truncatedTo(ChronoUnit.DAYS));
    generation(
        good,
        left,
        rules.weekly(),
        at ->
            at.atZone(ZoneOffset.UTC).get(IsoFields.WEEK_BASED_YEAR)
                + "-"
                + at.atZone(ZoneOffset.UTC).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    generation(good, left, rules.monthly(), at -> at.toString().substring(0, 7));
  }

  private static void generation(
      List<MarkedBackup> good, List<MarkedBackup> left, int count, Function<Instant, ?> period) {
    Set<Object> all = new LinkedHashSet<>();
    good.forEach(backup -> all.add(period.apply(backup.backup().startedAt())));
    Set<Object> kept = new HashSet<>();
    left.forEach(backup -> kept.add(period.apply(backup.backup().startedAt())));
    assertTrue(kept.containsAll(all.stream().limit(count).toList()), () -> all + " of " + count);
  }

  private static void thePlanDoesNotHangOnTheOrder(
      RandomHistory history, RetentionPlan plan, Random random) {
    List<MarkedBackup> shuffled = new ArrayList<>(history.backups());
    Collections.shuffle(shuffled, random);
    assertEquals(plan, new RandomHistory(history.rules(), shuffled, history.now()).plan());
  }

  private static void restorePointsChangeNothing(RandomHistory history, Set<String> gone) {
    List<BackupRecord> points =
        history.backups().stream().filter(b -> !b.isRegular()).map(MarkedBackup::backup).toList();
    RetentionPlan without = history.without(points).plan();
    Set<String> regularGone = new HashSet<>(gone);
    regularGone.removeAll(ids(points));
    assertEquals(
        regularGone,
        ids(without.deletions().stream().map(RetentionPlan.Decision::backup).toList()));
  }

  /** Run after run at the same time, nothing goes that another order would have kept. */
  private static void itComesToRest(RandomHistory history) {
    RandomHistory current = history;
    for (int runs = 0; runs < 10; runs++) {
      List<BackupRecord> gone =
          current.plan().deletions().stream().map(RetentionPlan.Decision::backup).toList();
      if (gone.isEmpty()) {
        return;
      }
      current = current.without(gone);
      assertTrue(current.plan().frozen().isEmpty(), "it froze itself");
    }
    throw new AssertionError("it still deletes after ten runs");
  }

  private static List<MarkedBackup> newestFirst(RandomHistory history) {
    return history.backups().stream()
        .sorted(Comparator.comparing((MarkedBackup b) -> b.backup().startedAt()).reversed())
        .toList();
  }

  private static Set<String> ids(List<BackupRecord> records) {
    return records.stream().map(BackupRecord::id).collect(Collectors.toSet());
  }
}
