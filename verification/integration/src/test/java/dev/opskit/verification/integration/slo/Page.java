package dev.opskit.verification.integration.slo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The time series of a scraped page, as Prometheus would store them. */
record Page(List<Series> series) {
  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{.*})? \\S+.*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A time series. */
  record Series(String metric, Map<String, String> labels) {
    boolean has(String label, String wanted) {
      String value = labels.getOrDefault(label, "");
      return wanted.startsWith("~") ? value.matches(wanted.substring(1)) : value.equals(wanted);
    }

    Series renamed(String name) {
      return new Series(name, labels);
    }

    Series labelled(String label, String newLabel, String newValue) {
      Map<String, String> changed = new LinkedHashMap<>(labels);
      changed.remove(label);
      changed.put(newLabel, newValue);
      return new Series(metric, changed);
    }
  }

  /** With the labels that the scrape adds. */
  static Page of(String text, Map<String, String> target) {
    List<Series> all = new ArrayList<>();
    all.add(new Series("up", target));
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> LINE.matcher(line).results())
        .forEach(match -> all.add(parse(match, target)));
    return new Page(all);
  }

  private static Series parse(MatchResult match, Map<String, String> target) {
    Map<String, String> labels = new LinkedHashMap<>(target);
    LABEL
        .matcher(String.valueOf(match.group(2)))
        .results()
        .forEach(label -> labels.put(label.group(1), label.group(2)));
    return new Series(match.group(1), labels);
  }

  Page with(List<Series> more) {
    List<Series> all = new ArrayList<>(series);
    all.addAll(more);
    return new Page(all);
  }

  Page changed(String metric, UnaryOperator<Series> change) {
    return new Page(
        series.stream().map(one -> one.metric().equals(metric) ? change.apply(one) : one).toList());
  }

  Page without(Set<String> metrics) {
    return new Page(series.stream().filter(one -> !metrics.contains(one.metric())).toList());
  }
}
