package dev.opskit.logging;

import org.jspecify.annotations.Nullable;

/**
 * The names that were written last, as an application has few of them. A slot a hash, so that it
 * stays small whatever names come. Confined to one thread.
 */
final class NameCache {
  static final int MAX_CHARS = 96;
  private static final int SLOTS = 256;

  private final @Nullable FieldName[] names = new FieldName[SLOTS];
  private final Masking masking;

  NameCache(Masking masking) {
    this.masking = masking;
  }

  /** A name of at most {@value #MAX_CHARS} characters that needs no repair, or null. */
  @Nullable FieldName find(String name) {
    int hash = name.hashCode();
    FieldName found = names[(hash ^ hash >>> 16) & SLOTS - 1];
    return found != null && found.text.equals(name) ? found : null;
  }

  FieldName add(String name) {
    FieldName added = new FieldName(name, masking.hides(name));
    int hash = name.hashCode();
    names[(hash ^ hash >>> 16) & SLOTS - 1] = added;
    return added;
  }
}
