package dev.opskit.core.correlation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code tracestate} of the W3C Trace Context recommendation, section 3.3. */
final class TraceState {
  static final String HEADER = "tracestate";

  private static final int MAX_MEMBERS = 32;
  private static final int MAX_CHARS = 512;
  private static final int LONG_MEMBER_CHARS = 128;
  private static final int MAX_VALUE_CHARS = 256;

  private TraceState() {}

  /** What may be passed on of a header; null if one member or their number is not valid. */
  static @Nullable String accept(@Nullable String header) {
    if (header == null) {
      return null;
    }
    List<String> members = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    int count = 0;
    for (String member : HeaderList.members(header)) {
      int equals = member.indexOf('=');
      if (equals < 0
          || ++count > MAX_MEMBERS
          || !isKey(member.substring(0, equals))
          || !isValue(member.substring(equals + 1))) {
        return null;
      }
      // The leftmost is the latest.
      if (keys.add(member.substring(0, equals))) {
        members.add(member);
      }
    }
    return members.isEmpty() ? null : shortened(members);
  }

  /** As recommended: whole members only, long ones first, then those at the end. */
  private static @Nullable String shortened(List<String> members) {
    List<String> kept = new ArrayList<>(members);
    for (int i = kept.size() - 1; i >= 0 && length(kept) > MAX_CHARS; i--) {
      if (kept.get(i).length() > LONG_MEMBER_CHARS) {
        kept.remove(i);
      }
    }
    String joined = HeaderList.join(kept, MAX_MEMBERS, MAX_CHARS);
    return joined.isEmpty() ? null : joined;
  }

  private static int length(List<String> members) {
    return members.stream().mapToInt(String::length).sum() + members.size() - 1;
  }

  private static boolean isKey(String key) {
    int at = key.indexOf('@');
    return at < 0
        ? isName(key, 256, true)
        : isName(key.substring(0, at), 241, true) && isName(key.substring(at + 1), 14, false);
  }

  private static boolean isName(String name, int maxLength, boolean mayBeginWithADigit) {
    if (name.isEmpty() || name.length() > maxLength) {
      return false;
    }
    char first = name.charAt(0);
    if (!isLetter(first) && !(mayBeginWithADigit && isDigit(first))) {
      return false;
    }
    return name.chars().allMatch(c -> isLetter(c) || isDigit(c) || "_-*/".indexOf(c) >= 0);
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The list was split at commas and the white space at the end is gone. */
  private static boolean isValue(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_VALUE_CHARS
        && value.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=');
  }
}
