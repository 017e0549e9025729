package dev.opskit.core.correlation;

import java.util.ArrayList;
import java.util.List;

/** Reads the comma-separated headers of the W3C. */
final class HeaderList {
  private HeaderList() {}

  /** The members without the white space around them; empty ones are left out. */
  static List<String> members(String header) {
    List<String> members = new ArrayList<>();
    for (int from = 0; from <= header.length(); ) {
      int comma = header.indexOf(',', from);
      int to = comma < 0 ? header.length() : comma;
      String member = trimmed(header.substring(from, to));
      if (!member.isEmpty()) {
        members.add(member);
      }
      from = to + 1;
    }
    return members;
  }

  /** Without the spaces and tabs that HTTP allows around a value. */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** Of the members as many from the left as fit, joined again. */
  static String join(List<String> members, int maxMembers, int maxLength) {
    StringBuilder joined = new StringBuilder();
    int count = 0;
    for (String member : members) {
      int separator = count == 0 ? 0 : 1;
      if (count == maxMembers || joined.length() + separator + member.length() > maxLength) {
        break;
      }
      joined.append(count++ == 0 ? "" : ",").append(member);
    }
    return joined.toString();
  }
}
