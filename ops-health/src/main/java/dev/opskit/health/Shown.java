package dev.opskit.health;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.masking.SensitiveValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a check's result may be kept and shown: known secrets masked, long texts cut, numbers
 * that could still change written out.
 */
final class Shown {
  static final int MAX_CHARS = 1_000;
  static final int MAX_DETAILS = 50;

  private Shown() {}

  static HealthResult of(HealthResult result) {
    Map<String, Object> details = new LinkedHashMap<>();
    result.details().entrySet().stream()
        .limit(MAX_DETAILS)
        .forEach(detail -> details.put(text(detail.getKey()), value(detail.getValue())));
    String message = result.message();
    return new HealthResult(
        result.status(), result.cause(), message == null ? null : text(message), details);
  }

  static HealthResult of(Throwable thrown) {
    String message = message(thrown);
    String name = thrown.getClass().getSimpleName();
    return HealthResult.down(
        HealthCause.FAILED, text(message == null ? name : name + ": " + message));
  }

  /** An exception may compute its message, and fail at it. */
  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable unreadable) {
      return null;
    }
  }

  private static Object value(Object scalar) {
    boolean isConstant =
        scalar instanceof Boolean
            || scalar.getClass().getPackageName().equals("java.lang") && scalar instanceof Number;
    return isConstant ? scalar : text(scalar.toString());
  }

  /** Masked before it is cut: half a secret would not be recognised. */
  private static String text(String text) {
    String masked = SensitiveValues.shared().mask(text);
    return masked.length() <= MAX_CHARS ? masked : masked.substring(0, MAX_CHARS) + "…";
  }
}
