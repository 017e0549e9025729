package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.MarkedBackup;
import dev.opskit.backup.RetentionPlan;
import dev.opskit.backup.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link RetentionPolicy} has to keep, as tests: implement it in a test class. It asks
 * about backups of two years, good and doubtful ones, restore points among them.
 *
 * <p>Which backups it ought to keep, only you know: test that beside this.
 */
@Timeout(60)
public interface RetentionPolicyContract {

  /**
   * The subject. Called once in each test.
   *
   * @return a policy
   */
  RetentionPolicy policy();

  /**
   * Whether dates of the calendar are written in the policy, such as "everything until the audit of
   * 2027". It is not looked then for a clock of its own.
   *
   * @return false by default: it knows ages, days of the week, months and the like
   */
  default boolean isBoundToDates() {
    return false;
  }

  @Test
  default void thereIsOneDecisionForEachBackupAndNoOther() {
    RetentionPolicy policy = policy();
    for (List<MarkedBackup> backups : SampleCatalogs.at(now())) {
      assertEquals(
          sorted(backups.stream().map(MarkedBackup::backup).toList()),
          sorted(policy.plan(backups, now()).decisions().stream().map(d -> d.backup()).toList()));
    }
  }

  /** What a run that is cut short has deleted is the oldest, as it begins at the end. */
  @Test
  default void theDecisionsAreNewestFirst() {
    RetentionPolicy policy = policy();
    for (List<MarkedBackup> backups : SampleCatalogs.at(now())) {
      List<Instant> starts =
          policy.plan(backups, now()).decisions().stream()
              .map(d -> d.backup().startedAt())
              .toList();
      assertEquals(starts.stream().sorted(Comparator.reverseOrder()).toList(), starts);
    }
  }

  @Test
  default void thePlanTellsItsTimeAndEachReason() {
    RetentionPolicy policy = policy();
    for (List<MarkedBackup> backups : SampleCatalogs.at(now())) {
      RetentionPlan plan = policy.plan(backups, now());
      assertEquals(now(), plan.at());
      plan.frozen().ifPresent(why -> assertFalse(why.isBlank(), "why it is frozen"));
      plan.decisions().forEach(d -> assertFalse(d.why().isBlank(), () -> "no reason: " + d));
    }
  }

  @Test
  default void theOrderOfTheBackupsDoesNotMatter() {
    RetentionPolicy policy = policy();
    for (List<MarkedBackup> backups : SampleCatalogs.at(now())) {
      List<MarkedBackup> shuffled = new ArrayList<>(backups);
      for (int seed = 0; seed < 3; seed++) {
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(kept(policy.plan(backups, now())), kept(policy.plan(shuffled, now())));
      }
    }
  }

  @Test
  default void whatItIsGivenStaysAsItIs() {
    RetentionPolicy policy = policy();
    for (List<MarkedBackup> backups : SampleCatalogs.at(now())) {
      List<MarkedBackup> given = new ArrayList<>(backups);
      policy.plan(given, now());
      assertEquals(backups, given);
    }
  }

  /** {@code previewRetention} asks first, and {@code retain} asks again. */
  @Test
  default void theSameQuestionHasTheSameAnswer() {
    RetentionPolicy policy = policy();
    List<RetentionPlan> first = plans(policy);
    assertEquals(first, plans(policy));
  }

  @Test
  default void severalMayAskAtOnce() throws Exception {
    RetentionPolicy policy = policy();
    List<RetentionPlan> alone = plans(policy);
    for (List<RetentionPlan> together : Race.of(8, asker -> plans(policy))) {
      assertEquals(alone, together);
    }
  }

  /** A year is as good as another one with the same calendar. */
  @Test
  default void itKnowsNoTimeButTheOneItIsGiven() {
    if (isBoundToDates()) {
      return;
    }
    // After 400 years the calendar repeats itself, days of the week included. Of the two moments,
    // one is long over and one far away, whatever the clock says.
    Duration shift = Duration.ofDays(146_097);
    RetentionPolicy policy = policy();
    List<List<MarkedBackup>> before = SampleCatalogs.at(now());
    List<List<MarkedBackup>> after = SampleCatalogs.at(now().plus(shift));
    for (int i = 0; i < before.size(); i++) {
      Map<Instant, Boolean> shifted = new TreeMap<>();
      kept(policy.plan(before.get(i), now())).forEach((at, d) -> shifted.put(at.plus(shift), d));
      assertEquals(shifted, kept(policy.plan(after.get(i), now().plus(shift))));
    }
  }

  private static Instant now() {
    return Instant.parse("2001-06-15T12:00:00Z");
  }

  private static List<RetentionPlan> plans(RetentionPolicy policy) {
    return SampleCatalogs.at(now()).stream().map(backups -> policy.plan(backups, now())).toList();
  }

  /** No two have begun at the same time. */
  private static Map<Instant, Boolean> kept(RetentionPlan plan) {
    Map<Instant, Boolean> kept = new TreeMap<>();
    plan.decisions().forEach(decision -> kept.put(decision.backup().startedAt(), decision.keep()));
    return kept;
  }

  private static List<BackupRecord> sorted(List<BackupRecord> records) {
    return records.stream().sorted(Comparator.comparing(BackupRecord::startedAt)).toList();
  }
}
