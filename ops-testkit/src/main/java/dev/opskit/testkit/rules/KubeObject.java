package dev.opskit.testkit.rules;

import java.util.Map;

/** One object of the manifests. */
record KubeObject(YamlNode node) {
  String kind() {
    return node.get("kind").text();
  }

  String name() {
    return node.get("metadata", "name").text();
  }

  String apiVersion() {
    return node.get("apiVersion").text();
  }

  Place place() {
    return node.get("metadata", "name").place();
  }

  YamlNode get(String... path) {
    return node.get(path);
  }

  boolean isKind(String kind) {
    return kind().equals(kind);
  }

  @Override
  public String toString() {
    return kind() + " " + (name().isEmpty() ? "without a name" : name());
  }

  /** Whether a selector picks labels; null stands for no selector and picks nothing. */
  static boolean selects(YamlNode selector, Map<String, String> labels) {
    if (!selector.exists()) {
      return false;
    }
    boolean byLabels =
        selector.get("matchLabels").texts().entrySet().stream()
            .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    return byLabels
        && selector.get("matchExpressions").list().stream().allMatch(one -> holds(one, labels));
  }

  private static boolean holds(YamlNode expression, Map<String, String> labels) {
    String value = labels.get(expression.get("key").text());
    return switch (expression.get("operator").text()) {
      case "In" -> value != null && expression.get("values").holds(value);
      case "NotIn" -> value == null || !expression.get("values").holds(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
