package dev.opskit.testkit.rules;

/**
 * One place that breaks a rule. Immutable.
 *
 * @param place file and line, {@code deploy/Dockerfile:12}; without a line where there is none
 * @param what what is wrong there; never the value of a secret
 */
public record Finding(String place, String what) {
  @Override
  public String toString() {
    return place + ": " + what;
  }
}
