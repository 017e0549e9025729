package dev.opskit.logging;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that one JSON object has so far. A second value of the same name is not lost: it gets
 * the name with a number behind it.
 */
final class FieldNames {
  private static final int MAX_CHARS = 96;
  private static final int MAX_SAME = 9;

  private final Map<String, @Nullable Object> taken = new HashMap<>();
  private final Set<String> reserved;
  private final Masking masking;
  private final Repairs repairs;

  FieldNames(Set<String> reserved, Masking masking, Repairs repairs) {
    this.reserved = reserved;
    this.masking = masking;
    this.repairs = repairs;
  }

  void reset() {
    taken.clear();
  }

  /** Remembers what a reserved name was given. */
  void put(String name, String value) {
    taken.put(name, value);
  }

  /** A free name, or null if the value need not be written. */
  @Nullable String claim(String wanted, @Nullable Object value) {
    String clean = clean(wanted);
    String name = clean;
    for (int n = 2; reserved.contains(name) || taken.containsKey(name); n++) {
      if (value instanceof String && value.equals(taken.get(name))) {
        return null;
      }
      if (n > MAX_SAME) {
        repairs.add(clean, "dropped, as the name has " + MAX_SAME + " values already");
        return null;
      }
      name = clean + '_' + n;
    }
    if (!name.equals(clean)) {
      repairs.add(clean, "taken, renamed " + name);
    }
    taken.put(name, value);
    return name;
  }

  private String clean(String wanted) {
    String masked = masking.text(wanted);
    String name = masked.length() > MAX_CHARS ? masked.substring(0, MAX_CHARS) : masked;
    if (name.length() < masked.length()) {
      repairs.add(name.substring(0, 32), "name cut");
    }
    return name.isEmpty() ? "_" : wellFormed(name);
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
