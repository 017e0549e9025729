package dev.opskit.metrics;

import java.util.Set;
import java.util.regex.Pattern;

/** Checks the names of common tags: one that a meter has too would silently lose to it. */
final class CommonTags {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Set<String> TAKEN =
      Set.of("method", "route", "status_code", "outcome", "label", "metric", "le", "quantile");

  private CommonTags() {}

  static void check(String name) {
    if (!NAME.matcher(name).matches() || name.startsWith("__")) {
      throw new IllegalArgumentException(
          "commonTag '%s' must be letters, digits and _, like service".formatted(name));
    }
    if (TAKEN.contains(name)) {
      throw new IllegalArgumentException(
          "commonTag '%s': some metrics have that label already; take another name"
              .formatted(name));
    }
  }
}
