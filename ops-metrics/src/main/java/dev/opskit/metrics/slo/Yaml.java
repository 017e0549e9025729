package dev.opskit.metrics.slo;

import dev.opskit.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes YAML that every reader takes the same way: only words that cannot be anything else stand
 * unquoted; everything else is quoted, or a block of plain lines.
 */
final class Yaml {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

  /** What some version of YAML takes for something else than text. */
  private static final Set<String> NO_TEXT =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private static final Pattern PLAIN_LINE = Pattern.compile("[ -&(-~]+");
  private static final Pattern BLOCK = Pattern.compile("[!-~][ -~]*(\n[!-~][ -~]*)+");

  private final StringBuilder out = new StringBuilder();

  private Yaml() {}

  static String write(String comment, Object root) {
    Yaml yaml = new Yaml();
    yaml.out.append("# ").append(comment).append('\n');
    yaml.node(root, 0, false);
    return yaml.out.toString();
  }

  private void node(Object value, int indent, boolean startsOnThisLine) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      boolean first = startsOnThisLine;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        indent(first ? 0 : indent);
        first = false;
        out.append(scalar(entry.getKey().toString(), 0)).append(':');
        child(entry.getValue(), indent);
      }
    } else if (value instanceof Collection<?> list && !list.isEmpty()) {
      boolean first = startsOnThisLine;
      for (Object item : list) {
        indent(first ? 0 : indent);
        first = false;
        out.append('-');
        if (isTree(item)) {
          out.append(' ');
          node(item, indent + 2, true);
        } else {
          child(item, indent);
        }
      }
    } else {
      out.append(scalar(value, indent)).append('\n');
    }
  }

  private void child(Object value, int indent) {
    if (isTree(value)) {
      out.append('\n');
      node(value, indent + 2, false);
    } else {
      out.append(' ').append(scalar(value, indent + 2)).append('\n');
    }
  }

  private static boolean isTree(Object value) {
    return (value instanceof Map<?, ?> map && !map.isEmpty())
        || (value instanceof Collection<?> list && !list.isEmpty());
  }

  private static String scalar(Object value, int indent) {
    if (value instanceof Map) {
      return "{}";
    }
    if (value instanceof Collection) {
      return "[]";
    }
    String text = value.toString();
    if (value instanceof Number || value instanceof Boolean || isWord(text)) {
      return text;
    }
    if (indent > 0 && BLOCK.matcher(text).matches()) {
      return "|-\n" + text.indent(indent).stripTrailing();
    }
    if (PLAIN_LINE.matcher(text).matches()) {
      return "'" + text + "'";
    }
    // A JSON string is one of YAML's, too.
    return new String(new JsonWriter().value(text).toByteArray(), StandardCharsets.UTF_8);
  }

  private static boolean isWord(String text) {
    return WORD.matcher(text).matches() && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
  }

  private void indent(int spaces) {
    out.append(" ".repeat(spaces));
  }
}
