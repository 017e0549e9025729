package dev.opskit.secrets;

import org.jspecify.annotations.Nullable;

/** Reads a version as a type, and makes whatever that may throw a {@link SecretException}. */
record TypedReading<T>(SecretRef ref, SecretType<T> type) {

  T of(SecretValue whole) {
    if (ref.field() == null) {
      return typed(whole);
    }
    SecretValue field = SecretFields.field(ref, whole);
    try {
      return typed(field);
    } finally {
      field.wipe();
    }
  }

  private T typed(SecretValue value) {
    @Nullable T made;
    try {
      made = type.read(ref, value);
    } catch (SecretException e) {
      throw e;
    } catch (Throwable notShown) {
      String kind = notShown.getClass().getSimpleName();
      throw new SecretException.Malformed(ref, "reading it as its type threw " + kind);
    }
    if (made == null) {
      throw new SecretException.Malformed(ref, "reading it as its type gave null");
    }
    return made;
  }
}
