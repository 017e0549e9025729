package dev.opskit.logging;

import dev.opskit.core.json.JsonText;

/** Text for a terminal, which takes some characters for commands: those are shown instead. */
final class VisibleText {
  private VisibleText() {}

  static void append(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      byte escape = JsonText.escapeOf(c);
      if (isPair(text, i)) {
        out.append(c).append(text.charAt(++i));
      } else if (escape == 'u' || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else if (escape == 0 || c == '"' || c == '\\') {
        out.append(c);
      } else {
        out.append('\\').append((char) escape);
      }
    }
  }

  private static boolean isPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
