package dev.opskit.metrics.slo;

import dev.opskit.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/** Writes JSON with a line for each value, so that a change shows as few changed lines. */
final class Json {
  private Json() {}

  static String write(Object root) {
    JsonWriter out = new JsonWriter();
    node(root, out);
    return indented(new String(out.toByteArray(), StandardCharsets.UTF_8));
  }

  private static void node(Object value, JsonWriter out) {
    if (value instanceof Map<?, ?> map) {
      out.beginObject();
      map.forEach(
          (name, child) -> {
            out.name(name.toString());
            node(child, out);
          });
      out.endObject();
    } else if (value instanceof Collection<?> list) {
      out.beginArray();
      list.forEach(child -> node(child, out));
      out.endArray();
    } else {
      out.scalar(value);
    }
  }

  private static String indented(String json) {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"' && !isEscaped(json, i)) {
        quoted = !quoted;
      }
      boolean opens = !quoted && (c == '{' || c == '[');
      boolean closes = !quoted && (c == '}' || c == ']');
      boolean wasOpened = i > 0 && "{[".indexOf(json.charAt(i - 1)) >= 0;
      if (closes) {
        depth--;
        if (!wasOpened) {
          line(out, depth);
        }
      }
      out.append(c);
      if (opens) {
        depth++;
        if ("}]".indexOf(json.charAt(i + 1)) < 0) {
          line(out, depth);
        }
      } else if (!quoted && c == ',') {
        line(out, depth);
      } else if (!quoted && c == ':') {
        out.append(' ');
      }
    }
    return out.append('\n').toString();
  }

  private static boolean isEscaped(String json, int quote) {
    int backslashes = 0;
    while (quote - backslashes > 0 && json.charAt(quote - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static void line(StringBuilder out, int depth) {
    out.append('\n').append("  ".repeat(depth));
  }
}
