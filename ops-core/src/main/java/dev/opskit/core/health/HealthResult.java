package dev.opskit.core.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a check found. Immutable.
 *
 * @param status how the thing is
 * @param cause why it is not up; null if it is
 * @param message a sentence for people, null if there is nothing to say
 * @param details measurements by name, in the order they were added; values are {@link String},
 *     {@link Number} or {@link Boolean}
 */
public record HealthResult(
    HealthStatus status,
    @Nullable HealthCause cause,
    @Nullable String message,
    Map<String, Object> details) {

  private static final HealthResult UP = new HealthResult(HealthStatus.UP, null, null, Map.of());

  /** Copies the details and rejects values that are not scalars. */
  public HealthResult {
    Objects.requireNonNull(status, "status");
    Map<String, Object> copy = new LinkedHashMap<>();
    details.forEach((name, value) -> copy.put(name, requireScalar(name, value)));
    details = Collections.unmodifiableMap(copy);
  }

  /**
   * It works.
   *
   * @return a result without message or details
   */
  public static HealthResult up() {
    return UP;
  }

  /**
   * It works, but not as it should.
   *
   * @param cause why
   * @param message a sentence for people
   * @return the result
   */
  public static HealthResult degraded(HealthCause cause, String message) {
    return new HealthResult(HealthStatus.DEGRADED, cause, message, Map.of());
  }

  /**
   * It does not work.
   *
   * @param cause why
   * @param message a sentence for people
   * @return the result
   */
  public static HealthResult down(HealthCause cause, String message) {
    return new HealthResult(HealthStatus.DOWN, cause, message, Map.of());
  }

  /**
   * Nothing is known.
   *
   * @param cause why
   * @param message a sentence for people
   * @return the result
   */
  public static HealthResult unknown(HealthCause cause, String message) {
    return new HealthResult(HealthStatus.UNKNOWN, cause, message, Map.of());
  }

  /**
   * The same result with one detail more.
   *
   * @param name the name of the detail
   * @param value a {@link String}, {@link Number} or {@link Boolean}
   * @return a copy
   * @throws IllegalArgumentException if the value is of another type
   */
  public HealthResult with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(name, value);
    return new HealthResult(status, cause, message, more);
  }

  private static Object requireScalar(String name, Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "detail '%s' is a %s; use a String, Number or Boolean"
            .formatted(name, value == null ? "null" : value.getClass().getName()));
  }
}
