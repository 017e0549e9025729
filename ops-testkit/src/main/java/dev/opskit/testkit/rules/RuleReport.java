package dev.opskit.testkit.rules;

import dev.opskit.testkit.rules.RuleResult.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * What became of the rules. Immutable.
 *
 * @param results of every rule, in a fixed order
 * @param leftOut packages that were not looked at, with the reasons
 * @param strict whether findings of {@link Level#SHOULD} fail, too
 */
public record RuleReport(List<RuleResult> results, Map<String, String> leftOut, boolean strict) {
  /** Copies what is handed in. */
  public RuleReport {
    results = List.copyOf(results);
    // In the order in which they were told, which the other copies do not keep.
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
  }

  /**
   * The rules that are broken.
   *
   * @return with their findings, whatever their level
   */
  public List<RuleResult> broken() {
    return results.stream().filter(one -> one.verdict() == Verdict.BROKEN).toList();
  }

  /**
   * A test for each rule.
   *
   * @return tests that fail for a {@link Level#MUST} that is broken, and are aborted with the
   *     reason for what is only a warning, was skipped or is off
   */
  public Stream<DynamicTest> tests() {
    return results.stream()
        .map(one -> DynamicTest.dynamicTest(one.level() + " " + one.id(), () -> test(one)));
  }

  private void test(RuleResult result) {
    if (result.verdict() == Verdict.BROKEN) {
      if (fails(result)) {
        Assertions.fail(result.message());
      }
      Assumptions.abort(result.message());
    }
    if (result.verdict() != Verdict.KEPT) {
      Assumptions.abort(result.verdict() + ": " + result.reason());
    }
  }

  private boolean fails(RuleResult result) {
    return result.level() == Level.MUST || (strict && result.level() == Level.SHOULD);
  }

  /**
   * The report for a console.
   *
   * @return a line for each rule, and under it its findings and their mend
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (RuleResult one : results) {
      text.append("%-7s %-6s %s%n".formatted(one.verdict(), one.level(), one.id()));
      one.findings().forEach(finding -> text.append("          ").append(finding).append('\n'));
      if (one.verdict() == Verdict.BROKEN) {
        text.append("          mend: ").append(one.mend()).append('\n');
      } else if (!one.reason().isEmpty()) {
        text.append("          ").append(one.reason()).append('\n');
      }
    }
    leftOut.forEach((name, why) -> text.append("left out: %s: %s%n".formatted(name, why)));
    return text.toString();
  }

  /**
   * The report as Markdown: what was found first, then every rule.
   *
   * @return the same for the same results
   */
  public String markdown() {
    StringBuilder text = new StringBuilder("# Infrastructure rules\n\n");
    for (Verdict verdict : Verdict.values()) {
      long count = results.stream().filter(one -> one.verdict() == verdict).count();
      text.append(verdict.ordinal() == 0 ? "" : ", ").append(count).append(' ');
      text.append(verdict.name().toLowerCase(Locale.ROOT));
    }
    text.append(".\n");
    if (!broken().isEmpty()) {
      text.append("\n| rule | level | place | finding | mend |\n|---|---|---|---|---|\n");
      broken().forEach(one -> one.findings().forEach(finding -> row(text, one, finding)));
    }
    text.append("\n| rule | level | verdict | why |\n|---|---|---|---|\n");
    for (RuleResult one : results) {
      String verdict = one.verdict().name().toLowerCase(Locale.ROOT);
      String reason = one.reason().isEmpty() ? "" : ": " + cell(one.reason());
      text.append(
          "| `%s` | %s | %s%s | %s |\n"
              .formatted(one.id(), one.level(), verdict, reason, cell(one.why())));
    }
    leftOut.forEach((name, why) -> text.append("\nNot looked at: `%s`: %s\n".formatted(name, why)));
    return text.toString();
  }

  private static void row(StringBuilder text, RuleResult one, Finding finding) {
    text.append(
        "| `%s` | %s | `%s` | %s | %s |\n"
            .formatted(
                one.id(), one.level(), finding.place(), cell(finding.what()), cell(one.mend())));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
