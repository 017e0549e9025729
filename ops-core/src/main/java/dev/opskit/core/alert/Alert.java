package dev.opskit.core.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One bad thing that somebody should know of. Immutable.
 *
 * <p>Name and labels together identify the alert, as in Prometheus' data model: raising it again
 * updates it, resolving it ends it.
 *
 * @param name what happened, for example {@code BackupFailed}; {@code [a-zA-Z_][a-zA-Z0-9_]*}
 * @param severity how fast somebody has to act
 * @param summary one sentence for people; never contains a secret
 * @param labels what it happened to, sorted by name; the same alphabet as {@code name}
 * @param startsAt when it began
 */
public record Alert(
    String name, Severity severity, String summary, Map<String, String> labels, Instant startsAt) {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** Validates the names and copies the labels. */
  public Alert {
    requireName("alert name", name);
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(startsAt, "startsAt");
    Map<String, String> sorted = new TreeMap<>();
    labels.forEach(
        (label, value) ->
            sorted.put(requireName("label name", label), Objects.requireNonNull(value)));
    labels = Collections.unmodifiableMap(sorted);
  }

  /**
   * What identifies this alert.
   *
   * @return name and labels
   */
  public Key key() {
    return new Key(name, labels);
  }

  /**
   * Identifies an alert across raise and resolve.
   *
   * @param name the alert's name
   * @param labels the alert's labels
   */
  public record Key(String name, Map<String, String> labels) {
    /** Copies the labels. */
    public Key {
      requireName("alert name", name);
      labels = Map.copyOf(labels);
    }
  }

  /** How fast somebody has to act. */
  public enum Severity {
    /** Nobody has to act; it is good to know. */
    INFO,
    /** Act within a working day: a ticket. */
    WARNING,
    /** Act now: a page. */
    CRITICAL
  }

  private static String requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s '%s' is not of the form %s".formatted(what, name, NAME.pattern()));
    }
    return name;
  }
}
