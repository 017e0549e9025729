package dev.opskit.metrics.slo;

import java.util.ArrayList;
import java.util.List;

/** Time series of one metric, over a window if there is one. Immutable. */
record Selector(Metric metric, List<String> matchers, String window) implements Expr {
  Selector {
    matchers = List.copyOf(matchers);
  }

  static Selector of(Metric metric) {
    return new Selector(metric, List.of(), "");
  }

  /** One of the values. */
  Selector where(String label, List<String> values) {
    return values.size() == 1
        ? known(label).with(label, "=", values.get(0))
        : matching(label, String.join("|", values));
  }

  Selector where(String label, String value) {
    return where(label, List.of(value));
  }

  /** A label of the target, which the scrape adds. */
  Selector target(String label, String value) {
    return with(label, "=", value);
  }

  /** Whose value matches a regular expression. */
  Selector matching(String label, String regex) {
    return known(label).with(label, "=~", regex);
  }

  private Selector known(String label) {
    if (!metric.labels().contains(label)) {
      throw new IllegalArgumentException(
          "metric %s has no label %s, only %s".formatted(metric.name(), label, metric.labels()));
    }
    return this;
  }

  private Selector with(String label, String operator, String value) {
    List<String> all = new ArrayList<>(matchers);
    all.add(label + operator + '"' + escaped(value) + '"');
    return new Selector(metric, all, window);
  }

  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  Selector over(String range) {
    return new Selector(metric, matchers, "[" + range + "]");
  }

  Selector over(Window range) {
    return over(range.toString());
  }

  @Override
  public String text() {
    String braces = matchers.isEmpty() ? "" : "{" + String.join(",", matchers) + "}";
    return metric.name() + braces + window;
  }
}
