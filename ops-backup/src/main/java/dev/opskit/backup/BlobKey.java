package dev.opskit.backup;

import java.util.regex.Pattern;

/**
 * The name of a blob in a {@link BackupStore}: segments of {@code [A-Za-z0-9._-]} joined by {@code
 * /}, none of which begins with a dot, so that a key is safe as a relative path. Keys sort as their
 * bytes do.
 *
 * @param value the whole name, 1 to 512 characters
 */
public record BlobKey(String value) implements Comparable<BlobKey> {
  private static final int MAX_LENGTH = 512;
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*+(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*+)*+");

  /** Validates the form. */
  public BlobKey {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "blob key '%s' is not of the form %s with at most %d characters"
              .formatted(value, FORM.pattern(), MAX_LENGTH));
    }
  }

  static boolean isValid(String value) {
    return value.length() <= MAX_LENGTH && FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(BlobKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
