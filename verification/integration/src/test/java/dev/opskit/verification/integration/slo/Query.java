package dev.opskit.verification.integration.slo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a PromQL text asks for, read without any knowledge of how it was made. */
record Query(String text) {
  private static final Pattern BY =
      Pattern.compile("\\b(?:by|on|ignoring|without|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*}|\\()?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern WINDOW = Pattern.compile("\\[[^\\]]*]");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by");

  /** One metric with what is said of its labels; a regular expression begins with a tilde. */
  record Selector(String metric, Map<String, String> labels) {
    String text() {
      return labels.entrySet().stream()
          .map(
              label ->
                  label.getValue().startsWith("~")
                      ? label.getKey() + "=~\"" + label.getValue().substring(1) + '"'
                      : label.getKey() + "=\"" + label.getValue() + '"')
          .collect(Collectors.joining(",", metric + "{", "}"));
    }
  }

  /** What a canary's placeholder stands for, and what Grafana fills in. */
  Query with(String placeholder, String value) {
    return new Query(text.replace(placeholder, value));
  }

  List<Selector> selectors() {
    List<Selector> found = new ArrayList<>();
    String plain = BY.matcher(withoutWindows()).replaceAll(" ");
    SELECTOR
        .matcher(plain)
        .results()
        .filter(match -> !"(".equals(match.group(2)) && !WORDS.contains(match.group(1)))
        .forEach(
            match ->
                found.add(new Selector(match.group(1), labels(String.valueOf(match.group(2))))));
    return found;
  }

  /** The labels that results are grouped and matched by. */
  Set<String> groupings() {
    Set<String> labels = new TreeSet<>();
    BY.matcher(withoutWindows())
        .results()
        .forEach(match -> labels.addAll(List.of(match.group(1).split("\\s*,\\s*"))));
    return labels;
  }

  private String withoutWindows() {
    return WINDOW.matcher(text).replaceAll("");
  }

  private static Map<String, String> labels(String braces) {
    Map<String, String> labels = new LinkedHashMap<>();
    MATCHER
        .matcher(braces)
        .results()
        .forEach(
            match ->
                labels.put(
                    match.group(1), (match.group(2).equals("=~") ? "~" : "") + match.group(3)));
    return labels;
  }
}
