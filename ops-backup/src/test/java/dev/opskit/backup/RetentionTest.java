package dev.opskit.backup;

import static dev.opskit.backup.Backups.NOW;
import static dev.opskit.backup.Backups.proven;
import static dev.opskit.backup.Backups.restorePoint;
import static dev.opskit.backup.Backups.unverified;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RetentionTest {
  @Test
  void deletesWhatIsOlderThanTheDays() {
    assertEquals(List.of(5, 6), deleted(Retention.days(5), eachDay(7, age -> proven(age))));
  }

  @Test
  void deletesWhatIsBehindTheLastFew() {
    assertEquals(List.of(5, 6), deleted(Retention.last(5), eachDay(7, age -> proven(age))));
  }

  @Test
  void anyRuleThatWantsABackupKeepsIt() {
    Retention both = Retention.last(4).orDays(6);
    assertEquals(List.of(6), deleted(both, eachDay(7, age -> proven(age))));
  }

  @Test
  void keepsTheNewestOfEachDayWeekAndMonth() {
    // Two a day over 100 days, at noon and at midnight; today is Monday, the 15th of June.
    List<MarkedBackup> backups =
        IntStream.range(0, 200).mapToObj(i -> proven(Duration.ofHours(12L * i))).toList();
    Retention policy = Retention.generations(3, 3, 3).keepAtLeast(1);

    List<String> kept = new ArrayList<>();
    RetentionPlan plan = afterTheBrake(policy, backups);
    plan.decisions().stream()
        .filter(RetentionPlan.Decision::keep)
        .forEach(d -> kept.add(d.backup().startedAt().toString()));

    assertEquals(
        List.of(
            "2026-06-15T12:00:00Z",
            "2026-06-14T12:00:00Z",
            "2026-06-13T12:00:00Z",
            "2026-06-07T12:00:00Z",
            "2026-05-31T12:00:00Z",
            "2026-04-30T12:00:00Z"),
        kept);
  }

  @Test
  void nothingGoesWhileNothingCounts() {
    RetentionPlan plan = Retention.days(1).plan(eachDay(7, age -> unverified(age)), NOW);
    frozen("no backup is verified", plan);
  }

  @Test
  void nothingGoesWhileTheNewestThatCountsIsTooOld() {
    List<MarkedBackup> backups = eachDay(7, age -> proven(age.plusHours(49)));
    frozen("is PT49H old, at most PT48H", Retention.days(1).plan(backups, NOW));
  }

  @Test
  void nothingGoesWhileTheClockIsBehindAnyBackup() {
    for (MarkedBackup ahead :
        List.of(unverified(Duration.ofSeconds(-1)), restorePoint(Duration.ofSeconds(-1)))) {
      List<MarkedBackup> backups = new ArrayList<>(eachDay(7, age -> proven(age)));
      backups.add(ahead);
      frozen("before the newest backup began", Retention.days(1).plan(backups, NOW));
    }
  }

  @Test
  void onlyBackupsThatCountFillTheFloor() {
    List<MarkedBackup> backups =
        List.of(
            proven(Duration.ofDays(0)),
            proven(Duration.ofDays(10), BackupMark.DAMAGED),
            proven(Duration.ofDays(11), BackupMark.SUSPECT),
            proven(Duration.ofDays(12)),
            proven(Duration.ofDays(13)),
            proven(Duration.ofDays(14)));
    assertEquals(List.of(10, 11, 14), deleted(Retention.days(1).keepAtLeast(3), backups));
  }

  @Test
  void whatIsNewerThanTheNewestThatCountsMayStillBeVerified() {
    List<MarkedBackup> backups =
        List.of(
            unverified(Duration.ofHours(30)),
            proven(Duration.ofHours(40)),
            unverified(Duration.ofHours(50)));
    RetentionPlan plan = Retention.days(1).plan(backups, NOW);
    assertEquals(List.of(backups.get(2).backup()), records(plan.deletions()));
  }

  @Test
  void anUnverifiedBackupDoesNotPushOutOneThatCounts() {
    List<MarkedBackup> backups = new ArrayList<>(eachDay(8, age -> unverified(age)));
    backups.replaceAll(b -> dayOf(b) % 2 == 0 ? proven(Duration.ofDays(dayOf(b))) : b);
    // Of the eight, 0, 2 and 4 are the last three that count, 0 to 2 the last three of all.
    assertEquals(List.of(3, 5, 6, 7), deleted(Retention.last(3).keepAtLeast(1), backups));
  }

  @Test
  void pinnedAndQuarantinedBackupsStay() {
    List<MarkedBackup> backups = new ArrayList<>(eachDay(5, age -> proven(age)));
    backups.add(proven(Duration.ofDays(50), BackupMark.PINNED));
    backups.add(proven(Duration.ofDays(51), BackupMark.QUARANTINED));
    backups.add(restorePoint(Duration.ofDays(52), BackupMark.PINNED));
    assertEquals(List.of(3, 4), deleted(Retention.days(1), backups));
  }

  @Test
  void restorePointsHaveATimeOfTheirOwn() {
    List<MarkedBackup> backups = new ArrayList<>(eachDay(2, age -> proven(age)));
    backups.add(restorePoint(Duration.ofHours(71)));
    backups.add(restorePoint(Duration.ofHours(72)));
    assertEquals(List.of(3), deleted(Retention.days(30), backups));
  }

  @Test
  void atMostHalfOfThoseThatCountGoAtOnce() {
    assertEquals(
        List.of(5, 6, 7, 8, 9), deleted(Retention.last(1), eachDay(10, age -> proven(age))));
  }

  @Test
  void saysWhatItWouldDoAndWhy() {
    String text =
        Retention.last(2).keepAtLeast(1).plan(eachDay(3, age -> proven(age)), NOW).describe();
    List<String> lines = text.lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).matches("keep   20260615T\\S+  the newest that counts"), text);
    assertTrue(lines.get(1).matches("keep   20260614T\\S+  of the last 2"), text);
    assertTrue(lines.get(2).matches("delete 20260613T\\S+  no rule keeps it"), text);
    String frozen = Retention.days(1).plan(eachDay(1, age -> unverified(age)), NOW).describe();
    assertTrue(frozen.startsWith("nothing is deleted: no backup is verified"), frozen);
  }

  @Test
  void badNumbersAreNamed() {
    refused("days is 0", () -> Retention.days(0));
    refused("count is 0", () -> Retention.last(0));
    refused("generations are 0, 0, 0", () -> Retention.generations(0, 0, 0));
    refused("keepAtLeast is 0", () -> Retention.days(1).keepAtLeast(0));
    refused("restorePointsFor", () -> Retention.days(1).restorePointsFor(Duration.ofDays(-1)));
    refused("freezeWhenOlderThan", () -> Retention.days(1).freezeWhenOlderThan(Duration.ZERO));
  }

  private static void refused(String message, Executable call) {
    String told = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(told.startsWith(message), told);
  }

  private static void frozen(String why, RetentionPlan plan) {
    assertTrue(plan.frozen().orElse("not frozen").contains(why), plan.describe());
    assertEquals(List.of(), plan.deletions());
  }

  /** One run deletes no more than half, so it takes several to come to rest. */
  private static RetentionPlan afterTheBrake(RetentionPolicy policy, List<MarkedBackup> backups) {
    List<MarkedBackup> left = backups;
    while (true) {
      RetentionPlan plan = policy.plan(left, NOW);
      if (plan.deletions().isEmpty()) {
        return plan;
      }
      List<BackupRecord> gone = records(plan.deletions());
      left = left.stream().filter(backup -> !gone.contains(backup.backup())).toList();
    }
  }

  private static List<MarkedBackup> eachDay(int count, Function<Duration, MarkedBackup> backup) {
    return IntStream.range(0, count).mapToObj(day -> backup.apply(Duration.ofDays(day))).toList();
  }

  /** The ages in days, youngest first. */
  private static List<Integer> deleted(RetentionPolicy policy, List<MarkedBackup> backups) {
    return records(policy.plan(backups, NOW).deletions()).stream()
        .map(record -> (int) Duration.between(record.startedAt(), NOW).toDays())
        .toList();
  }

  private static int dayOf(MarkedBackup backup) {
    return (int) Duration.between(backup.backup().startedAt(), NOW).toDays();
  }

  private static List<BackupRecord> records(List<RetentionPlan.Decision> decisions) {
    return decisions.stream().map(RetentionPlan.Decision::backup).toList();
  }
}
