package dev.opskit.testkit.core;

import org.jspecify.annotations.Nullable;

/** A failure that fails when somebody reads it. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;

  @Override
  public @Nullable String getMessage() {
    throw new UnsupportedOperationException("the message cannot be read");
  }

  /** Readable here alone, so that the kit can name it. */
  @Override
  public String toString() {
    return Unreadable.class.getName();
  }
}
