package dev.opskit.backup;

import java.util.List;
import java.util.Objects;

/**
 * What a retention run did.
 *
 * @param plan what it meant to do, and why
 * @param deleted the ids of the backups that are gone, oldest first; a backup that was pinned since
 *     the plan was made is not among them
 */
public record RetentionReport(RetentionPlan plan, List<String> deleted) {
  /** Copies the list. */
  public RetentionReport {
    Objects.requireNonNull(plan, "plan");
    deleted = List.copyOf(deleted);
  }
}
