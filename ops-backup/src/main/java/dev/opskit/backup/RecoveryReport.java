package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a recovery has done. Immutable.
 *
 * @param plan the plan's name
 * @param run which recovery, as in the journal
 * @param backup the backup that is live now
 * @param recoveryPoint when that was begun: what was written later is lost
 * @param begunAt when the recovery began, also if another process began it
 * @param finishedAt when it was over
 * @param predicted how long the restore was expected to take; zero if there was no drill yet
 * @param steps what was done, in order
 */
public record RecoveryReport(
    String plan,
    String run,
    String backup,
    Instant recoveryPoint,
    Instant begunAt,
    Instant finishedAt,
    Duration predicted,
    List<Step> steps) {

  /**
   * A step that was done.
   *
   * @param name of the plan or of the user
   * @param took from its last beginning to its end
   * @param note what there is to say about it; may be empty
   */
  public record Step(String name, Duration took, String note) {
    /** Rejects null. */
    public Step {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(took, "took");
      Objects.requireNonNull(note, "note");
    }
  }

  /** Copies the steps. */
  public RecoveryReport {
    Objects.requireNonNull(predicted, "predicted");
    steps = List.copyOf(steps);
  }

  /**
   * What was lost: the recovery point objective is kept if this is not longer.
   *
   * @return from the recovery point to the beginning of the recovery
   */
  public Duration dataLost() {
    return Duration.between(recoveryPoint, begunAt);
  }

  /**
   * How long it took: the recovery time objective is kept if this is not longer, and the time until
   * somebody began.
   *
   * @return from the beginning to the end
   */
  public Duration took() {
    return Duration.between(begunAt, finishedAt);
  }

  /**
   * For the record of the incident.
   *
   * @return a page of Markdown
   */
  public String toMarkdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Recovery ").append(run).append("\n\n");
    line(page, "Plan", plan);
    line(page, "Live now", "backup " + backup);
    line(page, "Recovery point", recoveryPoint + ", " + dataLost() + " before the recovery began");
    line(page, "Begun", begunAt.toString());
    line(page, "Finished", finishedAt + ", after " + took());
    line(
        page, "Predicted for the restore", predicted.isZero() ? "not known" : predicted.toString());
    page.append("\n| step | took | |\n|---|---|---|\n");
    for (Step step : steps) {
      page.append("| `%s` | %s | %s |%n".formatted(step.name(), step.took(), cell(step.note())));
    }
    return page.toString().replace(System.lineSeparator(), "\n");
  }

  private static void line(StringBuilder page, String what, String text) {
    page.append("- ").append(what).append(": ").append(text).append('\n');
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
