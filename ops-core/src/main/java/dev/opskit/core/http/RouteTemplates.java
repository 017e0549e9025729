package dev.opskit.core.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a service as templates such as <code>/orders/{id}</code>, for servers that do not
 * know templates themselves. Observers only ever see a template, so that ids in paths cannot
 * multiply time series. Immutable and thread-safe.
 */
public final class RouteTemplates {
  private final List<String> templates;
  private final List<String[]> segments = new ArrayList<>();

  private RouteTemplates(List<String> templates) {
    this.templates = templates;
    for (String template : templates) {
      if (!template.startsWith("/")) {
        throw new IllegalArgumentException("route '" + template + "' must begin with '/'");
      }
      String[] parts = split(template);
      for (String part : parts) {
        if (!isParameter(part) && (part.contains("{") || part.contains("}"))) {
          throw new IllegalArgumentException(
              "route '" + template + "': a parameter in braces must be a whole segment");
        }
      }
      segments.add(parts);
    }
  }

  /**
   * A list of templates. The first one that matches wins.
   *
   * @param templates paths whose segments are literal or one parameter in braces
   * @return the list
   */
  public static RouteTemplates of(String... templates) {
    return new RouteTemplates(List.of(templates));
  }

  /**
   * The templates.
   *
   * @return in the order they were given
   */
  public List<String> templates() {
    return templates;
  }

  /**
   * Finds the template of a path.
   *
   * @param path the raw path without query, so that an encoded slash does not divide a segment
   * @return null if none matches
   */
  public @Nullable String match(String path) {
    String[] actual = split(path);
    for (int i = 0; i < segments.size(); i++) {
      if (matches(segments.get(i), actual)) {
        return templates.get(i);
      }
    }
    return null;
  }

  private static boolean matches(String[] template, String[] actual) {
    if (template.length != actual.length) {
      return false;
    }
    for (int i = 0; i < template.length; i++) {
      if (isParameter(template[i]) ? actual[i].isEmpty() : !template[i].equals(actual[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static String[] split(String path) {
    String[] parts = path.split("/", -1);
    return Arrays.copyOfRange(parts, Math.min(1, parts.length), parts.length);
  }
}
