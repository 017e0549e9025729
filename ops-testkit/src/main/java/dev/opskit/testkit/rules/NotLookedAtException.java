package dev.opskit.testkit.rules;

/** Ends a rule that has nothing to look at, with the reason. */
final class NotLookedAtException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotLookedAtException(String reason) {
    super(reason);
  }
}
