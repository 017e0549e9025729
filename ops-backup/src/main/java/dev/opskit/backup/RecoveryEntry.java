package dev.opskit.backup;

import java.time.Instant;

/**
 * A line of the journal.
 *
 * @param run which recovery
 * @param runner who has written it
 * @param kind what happened
 * @param step to which step; the plan's name where it is about the whole
 * @param at when, by the runner's clock
 * @param note what there is to say
 */
record RecoveryEntry(String run, String runner, Kind kind, String step, Instant at, String note) {

  enum Kind {
    BEGUN,
    RESUMED,
    APPLYING,
    APPLIED,
    FAILED,
    FINISHED,
    UNDOING,
    ABORTED;

    boolean endsTheRun() {
      return this == FINISHED || this == ABORTED;
    }
  }
}
