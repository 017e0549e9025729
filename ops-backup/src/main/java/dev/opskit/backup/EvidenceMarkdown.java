package dev.opskit.backup;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report as a page for people. What comes from elsewhere cannot break out of its cell. */
final class EvidenceMarkdown {
  private static final String UNKNOWN = "not known";

  private final StringBuilder page = new StringBuilder();

  private EvidenceMarkdown() {}

  static String of(EvidenceReport report) {
    EvidenceMarkdown markdown = new EvidenceMarkdown();
    markdown.head(report);
    markdown.drills(report.drills());
    markdown.notes(report.drills());
    return markdown.page.toString();
  }

  private void head(EvidenceReport report) {
    line("# Drills of " + report.source());
    line("");
    line("- Made at: %s, by %s".formatted(report.at(), text(report.by())));
    line("- Since: " + report.since());
    line(
        "- A recovery now: "
            + report
                .recoveryPoint()
                .map(
                    backup ->
                        "backup `%s`, begun at %s, so %s would be lost"
                            .formatted(
                                backup.id(),
                                backup.startedAt().truncatedTo(ChronoUnit.MILLIS),
                                duration(report.recoveryPointAge())))
                .orElse("no backup counts"));
    line("- It would take: " + duration(report.predicted()) + ", by the last drills");
    report
        .objectives()
        .ifPresent(
            objectives ->
                line(
                    "- Objectives: at most %s lost, %s; restored within %s, %s"
                        .formatted(
                            duration(objectives.recoveryPoint()),
                            kept(report.keepsRecoveryPoint()),
                            duration(objectives.recoveryTime()),
                            kept(report.keepsRecoveryTime()))));
    line(
        "- Drills: %d passed, %d failed, %d unfinished, %d unreadable"
            .formatted(
                report.count(DrillEvidence.Outcome.PASSED),
                report.count(DrillEvidence.Outcome.FAILED),
                report.count(DrillEvidence.Outcome.UNFINISHED),
                report.count(DrillEvidence.Outcome.UNREADABLE)));
  }

  private void drills(List<DrillEvidence> drills) {
    line("");
    line(
        "| drill begun | outcome | backup | done | took | predicted | MB | about the backup | by"
            + " |");
    line("|---|---|---|---|---|---|---|---|---|");
    for (DrillEvidence drill : drills) {
      line(
          List.of(
                  drill.begunAt().toString(),
                  outcome(drill),
                  text(drill.backup()),
                  drill.checks().stream().map(EvidenceJson::word).collect(Collectors.joining(", ")),
                  drill.took().isZero() ? "" : duration(drill.took()),
                  drill.predicted().map(EvidenceMarkdown::duration).orElse(""),
                  String.format(Locale.ROOT, "%.1f", drill.plainBytes() / 1e6),
                  facts(drill),
                  text(drill.by()))
              .stream()
              .collect(Collectors.joining(" | ", "| ", " |")));
    }
  }

  private void notes(List<DrillEvidence> drills) {
    List<DrillEvidence> noted = drills.stream().filter(drill -> !drill.note().isEmpty()).toList();
    if (noted.isEmpty()) {
      return;
    }
    line("");
    line("## What was wrong");
    line("");
    noted.forEach(drill -> line("- %s: %s".formatted(drill.begunAt(), text(drill.note()))));
  }

  private static String outcome(DrillEvidence drill) {
    String word = EvidenceJson.word(drill.outcome());
    return drill.outcome() == DrillEvidence.Outcome.PASSED ? word : "**" + word + "**";
  }

  /** Those that tell how much and of which version; all of them are in the JSON. */
  private static String facts(DrillEvidence drill) {
    String verified =
        drill.verified().map(level -> "verified: " + EvidenceJson.word(level)).orElse("");
    return drill.facts().entrySet().stream()
        .filter(fact -> fact.getKey().equals("rows") || fact.getKey().endsWith(".version"))
        .sorted(Map.Entry.comparingByKey())
        .map(fact -> text(fact.getKey() + ": " + fact.getValue()))
        .reduce(verified, (all, one) -> all.isEmpty() ? one : all + "; " + one);
  }

  private static String kept(boolean isKept) {
    return isKept ? "kept" : "**not kept**";
  }

  private static String duration(Optional<Duration> duration) {
    return duration.map(EvidenceMarkdown::duration).orElse(UNKNOWN);
  }

  private static String duration(Duration duration) {
    if (duration.toMinutes() < 2) {
      return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    } else if (duration.toHours() < 1) {
      return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    } else if (duration.toDays() < 2) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return "%d days %d h".formatted(duration.toDays(), duration.toHoursPart());
  }

  private static String text(String any) {
    return any.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("|", "\\|")
        .replaceAll("\\p{Cntrl}+", " ");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
