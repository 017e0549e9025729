package dev.opskit.spring.boot;

import org.jspecify.annotations.Nullable;

/** Properties that others need. */
final class Required {
  private Required() {}

  static String text(String property, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(property + " is not set, and what is beside it needs it");
    }
    return value;
  }
}
