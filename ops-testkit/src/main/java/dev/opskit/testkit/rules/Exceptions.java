package dev.opskit.testkit.rules;

import java.util.List;
import java.util.Map;

/** What is not looked at on purpose: always by name, and never without a reason. */
final class Exceptions {
  private static final int SHORTEST_REASON = 10;

  private Exceptions() {}

  static void validate(Map<String, String> reasonsById) {
    List<String> ids = Rules.all().stream().map(Rule::id).toList();
    reasonsById.forEach(
        (id, reason) -> {
          if (!ids.contains(id)) {
            throw new IllegalArgumentException(
                "except('" + id + "'): there is no such rule, only " + ids);
          }
          requireReason("except('" + id + "')", reason);
        });
  }

  static void requireReason(String option, String reason) {
    if (reason.strip().length() < SHORTEST_REASON) {
      throw new IllegalArgumentException(
          "%s: the reason is '%s', must be at least %d characters"
              .formatted(option, reason, SHORTEST_REASON));
    }
  }
}
