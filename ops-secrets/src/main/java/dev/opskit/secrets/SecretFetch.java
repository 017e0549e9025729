package dev.opskit.secrets;

import java.util.Objects;

/** What came of one secret of those that were asked for together. */
public sealed interface SecretFetch {
  /**
   * It was read.
   *
   * @param value belongs to the caller, who closes it
   */
  record Fetched(SecretValue value) implements SecretFetch {
    /** Rejects null. */
    public Fetched {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * It could not be read; the others may have been.
   *
   * @param why as {@link SecretProvider#fetch} would have thrown
   */
  record Failed(SecretException why) implements SecretFetch {
    /** Rejects null. */
    public Failed {
      Objects.requireNonNull(why, "why");
    }
  }
}
