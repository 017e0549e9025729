package dev.opskit.backup;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What retention does, or would do, and why. Immutable.
 *
 * @param at the time for which it was made
 * @param frozen why nothing at all may be deleted; empty if that is not so
 * @param decisions one for each backup, newest first
 */
public record RetentionPlan(Instant at, Optional<String> frozen, List<Decision> decisions) {

  /**
   * About one backup.
   *
   * @param backup which
   * @param keep true if it stays
   * @param why the rule that keeps it, or that none does
   */
  public record Decision(BackupRecord backup, boolean keep, String why) {
    /** Rejects null. */
    public Decision {
      Objects.requireNonNull(backup, "backup");
      Objects.requireNonNull(why, "why");
    }
  }

  /** Rejects a frozen plan that deletes something. */
  public RetentionPlan {
    Objects.requireNonNull(at, "at");
    decisions = List.copyOf(decisions);
    if (frozen.isPresent() && !decisions.stream().allMatch(Decision::keep)) {
      throw new IllegalArgumentException("a frozen plan deletes nothing");
    }
  }

  /**
   * What goes.
   *
   * @return newest first
   */
  public List<Decision> deletions() {
    return decisions.stream().filter(decision -> !decision.keep()).toList();
  }

  /**
   * The plan for people.
   *
   * @return one line a backup, and one before them if the plan is frozen
   */
  public String describe() {
    String lines =
        decisions.stream()
            .map(
                d ->
                    "%-6s %s  %s%n"
                        .formatted(d.keep() ? "keep" : "delete", d.backup().id(), d.why()))
            .collect(Collectors.joining());
    return frozen.map(why -> "nothing is deleted: %s%n".formatted(why)).orElse("") + lines;
  }
}
