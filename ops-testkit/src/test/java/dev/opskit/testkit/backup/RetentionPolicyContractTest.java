package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.opskit.backup.MarkedBackup;
import dev.opskit.backup.RetentionPlan;
import dev.opskit.backup.RetentionPlan.Decision;
import dev.opskit.backup.RetentionPolicy;
import dev.opskit.testkit.ContractRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds each fault, and by the test that is about it. */
@Tag("once")
class RetentionPolicyContractTest {
  private static final Comparator<MarkedBackup> OLDEST_FIRST =
      Comparator.comparing(backup -> backup.backup().startedAt());

  /** Keeps a month. Correct as it stands; each broken one changes one thing. */
  static class Good implements RetentionPolicyContract, RetentionPolicy {
    @Override
    public RetentionPolicy policy() {
      return this;
    }

    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      return plan(now, decisions(backups, now));
    }

    final RetentionPlan plan(Instant now, List<Decision> decisions) {
      return new RetentionPlan(now, Optional.empty(), decisions);
    }

    final List<Decision> decisions(List<MarkedBackup> backups, Instant now) {
      return backups.stream()
          .sorted(OLDEST_FIRST.reversed())
          .map(backup -> decision(backup, now))
          .toList();
    }

    Decision decision(MarkedBackup backup, Instant now) {
      boolean young =
          Duration.between(backup.backup().startedAt(), now).compareTo(Duration.ofDays(30)) < 0;
      return new Decision(backup.backup(), young, young ? "of this month" : "older than a month");
    }
  }

  /** As right, though its calendar does not repeat itself. */
  static final class GoodUntilAnAudit extends Good {
    @Override
    public boolean isBoundToDates() {
      return true;
    }

    @Override
    Decision decision(MarkedBackup backup, Instant now) {
      return now.isBefore(Instant.parse("2027-01-01T00:00:00Z"))
          ? new Decision(backup.backup(), true, "the audit")
          : super.decision(backup, now);
    }
  }

  static final class TellsOfDeletionsOnly extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      return plan(now, decisions(backups, now).stream().filter(d -> !d.keep()).toList());
    }
  }

  static final class DecidesTwice extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      return plan(
          now, decisions(backups, now).stream().flatMap(d -> List.of(d, d).stream()).toList());
    }
  }

  static final class NeedsABackup extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      Collections.max(backups, OLDEST_FIRST);
      return super.plan(backups, now);
    }
  }

  static final class NeedsOneThatCounts extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      if (!backups.isEmpty()) {
        backups.stream().filter(MarkedBackup::counts).findAny().orElseThrow();
      }
      return super.plan(backups, now);
    }
  }

  static final class NeedsAClockThatNeverGoesBack extends Good {
    @Override
    Decision decision(MarkedBackup backup, Instant now) {
      if (backup.backup().startedAt().isAfter(now)) {
        throw new IllegalStateException("not yet taken: " + backup);
      }
      return super.decision(backup, now);
    }
  }

  static final class DecidesOldestFirst extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      List<Decision> decisions = new ArrayList<>(decisions(backups, now));
      Collections.reverse(decisions);
      return plan(now, decisions);
    }
  }

  static final class DoesNotSayWhen extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      return plan(Instant.EPOCH, decisions(backups, now));
    }
  }

  static final class DoesNotSayWhy extends Good {
    @Override
    Decision decision(MarkedBackup backup, Instant now) {
      return new Decision(backup.backup(), super.decision(backup, now).keep(), " ");
    }
  }

  static final class DoesNotSayWhyItIsFrozen extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      RetentionPlan plan = super.plan(backups, now);
      return plan.deletions().isEmpty()
          ? new RetentionPlan(now, Optional.of(""), plan.decisions())
          : plan;
    }
  }

  static final class TakesTheFirstForTheNewest extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      return plan(
          now,
          decisions(backups, now).stream()
              .map(d -> new Decision(d.backup(), isFirst(backups, d), "the first"))
              .toList());
    }

    private static boolean isFirst(List<MarkedBackup> backups, Decision decision) {
      return backups.get(0).backup().equals(decision.backup());
    }
  }

  static final class SortsWhatItIsGiven extends Good {
    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      if (backups instanceof ArrayList) {
        backups.sort(OLDEST_FIRST);
      }
      return super.plan(backups, now);
    }
  }

  static final class DeletesAtTheSecondSight extends Good {
    private final Set<String> seen = Collections.synchronizedSet(new HashSet<>());

    @Override
    Decision decision(MarkedBackup backup, Instant now) {
      Decision decision = super.decision(backup, now);
      boolean keep = seen.add(backup.backup().id()) || decision.keep();
      return new Decision(backup.backup(), keep, decision.why());
    }
  }

  static final class CollectsInAField extends Good {
    private List<Decision> decisions = List.of();

    @Override
    public RetentionPlan plan(List<MarkedBackup> backups, Instant now) {
      decisions = new ArrayList<>();
      for (Decision decision : decisions(backups, now)) {
        decisions.add(decision);
        Thread.yield();
      }
      return plan(now, decisions);
    }
  }

  static final class AsksAClock extends Good {
    @Override
    Decision decision(MarkedBackup backup, Instant now) {
      return super.decision(backup, Instant.now());
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments(TellsOfDeletionsOnly.class, "thereIsOneDecisionForEachBackupAndNoOther"),
        arguments(DecidesTwice.class, "thereIsOneDecisionForEachBackupAndNoOther"),
        arguments(NeedsABackup.class, "thereIsOneDecisionForEachBackupAndNoOther"),
        arguments(NeedsOneThatCounts.class, "thereIsOneDecisionForEachBackupAndNoOther"),
        arguments(NeedsAClockThatNeverGoesBack.class, "thereIsOneDecisionForEachBackupAndNoOther"),
        arguments(DecidesOldestFirst.class, "theDecisionsAreNewestFirst"),
        arguments(DoesNotSayWhen.class, "thePlanTellsItsTimeAndEachReason"),
        arguments(DoesNotSayWhy.class, "thePlanTellsItsTimeAndEachReason"),
        arguments(DoesNotSayWhyItIsFrozen.class, "thePlanTellsItsTimeAndEachReason"),
        arguments(TakesTheFirstForTheNewest.class, "theOrderOfTheBackupsDoesNotMatter"),
        arguments(SortsWhatItIsGiven.class, "whatItIsGivenStaysAsItIs"),
        arguments(DeletesAtTheSecondSight.class, "theSameQuestionHasTheSameAnswer"),
        arguments(CollectsInAField.class, "severalMayAskAtOnce"),
        arguments(AsksAClock.class, "itKnowsNoTimeButTheOneItIsGiven"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void rejects(Class<?> broken, String byTest) {
    ContractRun.assertRejects(broken, byTest);
  }

  @Test
  void acceptsPoliciesWithoutFault() {
    assertEquals(List.of(), ContractRun.failures(Good.class));
    assertEquals(List.of(), ContractRun.failures(GoodUntilAnAudit.class));
  }
}
