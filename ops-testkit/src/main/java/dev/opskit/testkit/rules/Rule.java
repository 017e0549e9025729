package dev.opskit.testkit.rules;

import java.util.List;

/**
 * One directive that can be held against a service.
 *
 * @param id what it is switched off by; its first word is what it looks at
 * @param level how binding it is
 * @param why what it is good for
 * @param mend what to do about a finding
 * @param check finds the places that break it
 */
record Rule(String id, Level level, String why, String mend, Check check) {
  /** Looks at a service. */
  interface Check {
    void look(Subject subject, Findings findings);
  }

  static Rule must(String id, String why, String mend, Check check) {
    return new Rule(id, Level.MUST, why, mend, check);
  }

  static Rule should(String id, String why, String mend, Check check) {
    return new Rule(id, Level.SHOULD, why, mend, check);
  }

  static Rule may(String id, String why, String mend, Check check) {
    return new Rule(id, Level.MAY, why, mend, check);
  }

  RuleResult hold(Subject subject) {
    Findings findings = new Findings();
    try {
      check.look(subject, findings);
    } catch (NotLookedAtException skipped) {
      // What was found before that is worth more than the reason.
      if (findings.isEmpty()) {
        return skipped(RuleResult.Verdict.SKIPPED, skipped.getMessage());
      }
    }
    return new RuleResult(
        id,
        level,
        why,
        mend,
        findings.isEmpty() ? RuleResult.Verdict.KEPT : RuleResult.Verdict.BROKEN,
        findings.all(),
        "");
  }

  RuleResult off(String reason) {
    return skipped(RuleResult.Verdict.OFF, reason);
  }

  private RuleResult skipped(RuleResult.Verdict verdict, String reason) {
    return new RuleResult(id, level, why, mend, verdict, List.of(), reason);
  }
}
