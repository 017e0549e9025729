package dev.opskit.testkit.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML document that knows its line. What is not there is a node, too: it has the
 * place of the nearest thing that is, which is where to add it.
 *
 * @param value a map, a list, a text, or null if it is missing or null
 */
record YamlNode(Place place, @Nullable Object value) {
  static YamlNode map(Place place, Map<String, YamlNode> entries) {
    return new YamlNode(place, new LinkedHashMap<>(entries));
  }

  YamlNode get(String... path) {
    YamlNode node = this;
    for (String key : path) {
      YamlNode next = node.map().get(key);
      node = next == null ? new YamlNode(node.place, null) : next;
    }
    return node;
  }

  boolean exists() {
    return value != null;
  }

  @SuppressWarnings("unchecked")
  Map<String, YamlNode> map() {
    return value instanceof Map<?, ?> map ? (Map<String, YamlNode>) map : Map.of();
  }

  @SuppressWarnings("unchecked")
  List<YamlNode> list() {
    return value instanceof List<?> list ? (List<YamlNode>) list : List.of();
  }

  /** Empty if it is no text. */
  String text() {
    return value instanceof String text ? text : "";
  }

  boolean is(String text) {
    return text().equals(text);
  }

  /** As Kubernetes reads it: a leading zero means octal. */
  OptionalLong number() {
    String text = text();
    if (text.matches("0o?[0-7]{1,10}")) {
      return OptionalLong.of(Long.parseLong(text.replace("o", ""), 8));
    }
    return text.matches("[0-9]{1,15}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** The texts of a map of texts, such as labels. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    map().forEach((key, node) -> texts.put(key, node.text()));
    return texts;
  }

  /** Whether a list holds the text. */
  boolean holds(String text) {
    return list().stream().anyMatch(node -> node.is(text));
  }
}
