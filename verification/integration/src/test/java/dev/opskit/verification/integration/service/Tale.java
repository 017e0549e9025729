package dev.opskit.verification.integration.service;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A story as it was printed, read without any knowledge of how it was made. */
record Tale(List<String> lines) {
  private static final Pattern CHAPTER = Pattern.compile("^\\d+\\. (.*)$");
  private static final Pattern SERIES = Pattern.compile("^ +\\| (\\w+\\{.*}) ([0-9.eE+]+)$");

  List<String> chapters() {
    return lines.stream().map(CHAPTER::matcher).filter(Matcher::find).map(m -> m.group(1)).toList();
  }

  List<String> containing(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  /** The groups of the only place that the pattern is found in. */
  Matcher only(String pattern) {
    List<Matcher> found =
        lines.stream().map(Pattern.compile(pattern)::matcher).filter(Matcher::find).toList();
    if (found.size() != 1) {
      throw new AssertionError(pattern + " is there " + found.size() + " times: " + this);
    }
    return found.get(0);
  }

  double number(String pattern) {
    return Double.parseDouble(only(pattern).group(1));
  }

  Map<String, Double> series() {
    Map<String, Double> series = new TreeMap<>();
    lines.stream()
        .map(SERIES::matcher)
        .filter(Matcher::find)
        .forEach(m -> series.put(m.group(1), Double.valueOf(m.group(2))));
    return series;
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
