package dev.opskit.testkit.rules;

import java.util.List;

/**
 * What became of one rule. Immutable.
 *
 * @param id names the rule, {@code dockerfile.user}
 * @param level how binding it is
 * @param why what it is good for
 * @param mend what to do about a finding
 * @param verdict whether it is kept
 * @param findings the places that break it; empty unless it is {@link Verdict#BROKEN}
 * @param reason why it was not looked at, or is off; else empty
 */
public record RuleResult(
    String id,
    Level level,
    String why,
    String mend,
    Verdict verdict,
    List<Finding> findings,
    String reason) {

  /** Whether a rule is kept. */
  public enum Verdict {
    /** Everything that the rule looks at keeps to it. */
    KEPT,
    /** There are findings. */
    BROKEN,
    /** It was not looked at, for a reason that is told. */
    SKIPPED,
    /** It is switched off, for a reason that is told. */
    OFF
  }

  /** Copies the list. */
  public RuleResult {
    findings = List.copyOf(findings);
  }

  /** All findings with the rule and its mend, a line each. */
  String message() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(finding).append(" [").append(id).append(", ").append(level).append("]\n");
    }
    return text.append("  mend: ").append(mend).append("\n  why: ").append(why).toString();
  }
}
