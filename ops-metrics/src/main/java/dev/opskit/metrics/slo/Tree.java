package dev.opskit.metrics.slo;

import java.util.LinkedHashMap;
import java.util.Map;

/** The objects that YAML and JSON are written from: maps that keep their order, lists, scalars. */
final class Tree {
  private Tree() {}

  /** Names and values by turns. */
  static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
