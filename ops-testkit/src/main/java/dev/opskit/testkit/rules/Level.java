package dev.opskit.testkit.rules;

/** How binding a rule is. */
public enum Level {
  /** A finding fails the build. */
  MUST,
  /** A finding is a warning, unless {@link OpsRules#strict()} makes it fail the build. */
  SHOULD,
  /** A finding is listed. */
  MAY
}
