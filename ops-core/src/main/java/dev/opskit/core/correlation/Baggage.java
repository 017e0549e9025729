package dev.opskit.core.correlation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code baggage} of the W3C Baggage recommendation. */
final class Baggage {
  static final String HEADER = "baggage";

  private static final int MAX_MEMBERS = 64;
  private static final int MAX_BYTES = 8_192;

  private Baggage() {}

  /** The valid members that fit; null if there is none. All of them are ASCII. */
  static @Nullable String accept(@Nullable String header) {
    if (header == null) {
      return null;
    }
    List<String> members = HeaderList.members(header);
    members.removeIf(member -> !isMember(member));
    String joined = HeaderList.join(members, MAX_MEMBERS, MAX_BYTES);
    return joined.isEmpty() ? null : joined;
  }

  /** A key, a value and properties behind semicolons, which are passed on unread. */
  private static boolean isMember(String member) {
    int equals = member.indexOf('=');
    return equals > 0
        && HeaderList.trimmed(member.substring(0, equals)).chars().allMatch(Baggage::isTokenChar)
        && member.substring(equals).chars().allMatch(Baggage::isAllowedInValue);
  }

  private static boolean isTokenChar(int c) {
    return c > ' ' && c < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }

  private static boolean isAllowedInValue(int c) {
    return (c >= ' ' && c < 0x7F || c == '\t') && c != '"' && c != '\\';
  }
}
