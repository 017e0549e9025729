package dev.opskit.logging;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that one JSON object has so far. A second value of the same name is not lost: it gets
 * the name with a number behind it. Confined to one thread.
 */
final class FieldNames {
  private static final int MAX_SAME = 9;

  private final NameCache cache;
  private final Masking masking;
  private final Repairs repairs;
  private Set<String> reserved = Set.of();
  private String[] taken = new String[16];
  private @Nullable Object[] values = new Object[16];
  private int count;

  /** A bit for each hash: most names are seen at once to be new. */
  private long hashes;

  FieldNames(NameCache cache, Masking masking, Repairs repairs) {
    this.cache = cache;
    this.masking = masking;
    this.repairs = repairs;
  }

  /** Forgets all names; those in {@code reserved} are never given away. */
  void reset(Set<String> reserved) {
    this.reserved = reserved;
    Arrays.fill(taken, 0, count, null);
    Arrays.fill(values, 0, count, null);
    count = 0;
    hashes = 0;
  }

  /** Remembers what a reserved name was given. */
  void put(String name, @Nullable Object value) {
    if (count == taken.length) {
      taken = Arrays.copyOf(taken, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    hashes |= bit(name);
    taken[count] = name;
    values[count++] = value;
  }

  /** A free name, or null if the value need not be written. */
  @Nullable FieldName claim(String wanted, @Nullable Object value) {
    FieldName name = clean(wanted);
    if (isFree(name)) {
      put(name.text, value);
      return name;
    }
    for (int n = 2; ; n++) {
      String other = n == 2 ? name.text : name.text + '_' + (n - 1);
      if (value instanceof String && value.equals(valueOf(other))) {
        return null;
      }
      if (n > MAX_SAME) {
        repairs.add(name.text, "dropped, as the name has " + MAX_SAME + " values already");
        return null;
      }
      String next = name.text + '_' + n;
      if (isFree(next)) {
        repairs.add(name.text, "taken, renamed " + next);
        put(next, value);
        return new FieldName(next, name.hidden);
      }
    }
  }

  private boolean isFree(FieldName name) {
    if (name.notIn != reserved) {
      if (reserved.contains(name.text)) {
        return false;
      }
      name.notIn = reserved;
    }
    return indexOf(name.text) < 0;
  }

  private boolean isFree(String name) {
    return indexOf(name) < 0 && !reserved.contains(name);
  }

  private static long bit(String name) {
    return 1L << (name.hashCode() * 0x9E3779B9 >>> 26);
  }

  private @Nullable Object valueOf(String name) {
    int i = indexOf(name);
    return i < 0 ? null : values[i];
  }

  private int indexOf(String name) {
    if ((hashes & bit(name)) == 0) {
      return -1;
    }
    // Few names, and the hashes of those that are not equal differ: cheaper than a map.
    int hash = name.hashCode();
    for (int i = 0; i < count; i++) {
      if (taken[i].hashCode() == hash && taken[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private FieldName clean(String wanted) {
    FieldName known = cache.find(wanted);
    if (known != null && !masking.hits(known.utf8)) {
      return known;
    }
    String masked = masking.text(wanted);
    String name =
        masked.length() > NameCache.MAX_CHARS ? masked.substring(0, NameCache.MAX_CHARS) : masked;
    if (name.length() < masked.length()) {
      repairs.add(name.substring(0, 32), "name cut");
    }
    String repaired = name.isEmpty() ? "_" : wellFormed(name);
    return repaired.equals(wanted)
        ? cache.add(wanted)
        : new FieldName(repaired, masking.hides(wanted));
  }

  /** Two names that differ in an unpaired surrogate only would be the same once written. */
  private static String wellFormed(String name) {
    StringBuilder repaired = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
        continue;
      }
      repaired = repaired == null ? new StringBuilder(name) : repaired;
      repaired.setCharAt(i, '\uFFFD');
    }
    return repaired == null ? name : repaired.toString();
  }
}
