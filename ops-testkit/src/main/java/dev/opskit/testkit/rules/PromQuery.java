package dev.opskit.testkit.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The selectors of a PromQL text: which metrics it names, and which of their labels. */
final class PromQuery {
  /**
   * One selector.
   *
   * @param metric its name
   * @param labels the names of the labels it looks at
   */
  record Selector(String metric, Set<String> labels) {}

  // The strings first: what is in them is no PromQL.
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`|#[^\\n]*"
              + "|\\[[^\\]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9.]+[a-z0-9.]*|=~|!~|!=|\\S");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Set<String> LABEL_LISTS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "atan2", "start", "end");

  private final List<String> tokens = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private int at;

  private PromQuery(String text) {
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (!token.group().startsWith("#")) {
        tokens.add(token.group());
      }
    }
  }

  static List<Selector> selectors(String text) {
    PromQuery query = new PromQuery(text);
    while (query.at < query.tokens.size()) {
      query.step();
    }
    return query.selectors;
  }

  private void step() {
    String token = tokens.get(at++);
    if (token.equals("{")) {
      selector("");
    } else if (LABEL_LISTS.contains(token)) {
      skipList();
    } else if (NAME.matcher(token).matches() && !WORDS.contains(token.toLowerCase(Locale.ROOT))) {
      if (next("{")) {
        at++;
        selector(token);
      } else if (!next("(") && !LABEL_LISTS.contains(at < tokens.size() ? tokens.get(at) : "")) {
        selectors.add(new Selector(token, Set.of()));
      }
    }
  }

  private boolean next(String token) {
    return at < tokens.size() && tokens.get(at).equals(token);
  }

  private void skipList() {
    if (next("(")) {
      while (at < tokens.size() && !tokens.get(at++).equals(")")) {
        // Labels of results, not of what is selected.
      }
    }
  }

  private void selector(String metric) {
    String name = metric;
    Set<String> labels = new TreeSet<>();
    while (at < tokens.size() && !next("}")) {
      String token = tokens.get(at++);
      if (NAME.matcher(token).matches()) {
        boolean isEqual = next("=");
        if (token.equals("__name__") && isEqual && at + 1 < tokens.size()) {
          String value = tokens.get(at + 1);
          name = value.substring(1, value.length() - 1);
        } else {
          labels.add(token);
        }
      }
    }
    at++;
    if (!name.isEmpty()) {
      selectors.add(new Selector(name, labels));
    }
  }
}
