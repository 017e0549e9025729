package dev.opskit.logging;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is written to the console. */
public enum ConsoleFormat {
  /** {@link #TEXT} if a terminal is attached, else {@link #JSON}. */
  AUTO,
  /** One line of JSON an event, as in the files. */
  JSON,
  /** Lines for people. */
  TEXT;

  static @Nullable ConsoleFormat find(String name) {
    for (ConsoleFormat format : values()) {
      if (format.name().equals(name.trim().toUpperCase(Locale.ROOT))) {
        return format;
      }
    }
    return null;
  }

  static String complaint(String option, String name) {
    return option + " is '" + name + "', must be auto, json or text";
  }
}
