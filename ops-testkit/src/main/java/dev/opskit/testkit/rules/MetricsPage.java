package dev.opskit.testkit.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service exports.
 *
 * @param labels the names of all labels of each metric
 */
record MetricsPage(Map<String, Set<String>> labels) {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*)})?\\s.*");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"(?:[^\"\\\\]|\\\\.)*\"");

  static MetricsPage of(String text) {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    text.lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .forEach(
            sample -> {
              Set<String> names = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
              if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(one -> names.add(one.group(1)));
              }
            });
    return new MetricsPage(labels);
  }
}
