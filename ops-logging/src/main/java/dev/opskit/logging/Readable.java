package dev.opskit.logging;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads text from objects that may throw when they are read. */
final class Readable {
  private Readable() {}

  static String text(@Nullable Object value) {
    try {
      return String.valueOf(value);
    } catch (Throwable t) {
      return unreadable(t);
    }
  }

  static String read(Supplier<@Nullable Object> source) {
    try {
      return String.valueOf(source.get());
    } catch (Throwable t) {
      return unreadable(t);
    }
  }

  static String unreadable(Throwable t) {
    return "<unreadable: " + t.getClass().getName() + ">";
  }
}
