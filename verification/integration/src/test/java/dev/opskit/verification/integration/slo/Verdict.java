package dev.opskit.verification.integration.slo;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Argo Rollouts makes of a measurement: failure first, and inconclusive if neither holds. */
public enum Verdict {
  /** It may go on. */
  SUCCESS,
  /** It is given up. */
  FAILURE,
  /** It has to wait. */
  INCONCLUSIVE;

  private static final Pattern TERM =
      Pattern.compile("(len\\(result\\)|result\\[0]) (==|>|>=|<) ([0-9.]+)");

  static Verdict of(List<Double> result, String successCondition, String failureCondition) {
    if (holds(failureCondition, result)) {
      return FAILURE;
    }
    return holds(successCondition, result) ? SUCCESS : INCONCLUSIVE;
  }

  private static boolean holds(String condition, List<Double> result) {
    return Arrays.stream(condition.split(" && ")).allMatch(term -> holdsTerm(term, result));
  }

  private static boolean holdsTerm(String term, List<Double> result) {
    Matcher matcher = TERM.matcher(term);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not understood: " + term);
    }
    boolean isLength = matcher.group(1).startsWith("len");
    if (!isLength && result.isEmpty()) {
      // Behind a length that was too small; Argo does not look at it, either.
      return false;
    }
    double left = isLength ? result.size() : result.get(0);
    double right = Double.parseDouble(matcher.group(3));
    return switch (matcher.group(2)) {
      case "==" -> left == right;
      case ">" -> left > right;
      case ">=" -> left >= right;
      default -> left < right;
    };
  }
}
