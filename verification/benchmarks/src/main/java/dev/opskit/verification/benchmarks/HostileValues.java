package dev.opskit.verification.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What breaks encoders when it is the value of a field, by the name of the case. */
final class HostileValues {
  private HostileValues() {}

  static Map<String, Object> all() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("quotes", "\"},{\"");
    values.put("line breaks", "a\nb\r\nc\u2028d");
    values.put("control characters", "\0\u0001\u001b[31m\u007f\u009b");
    values.put("unpaired high surrogate", "bad \uD83D end");
    values.put("unpaired low surrogate", "\uDE00 bad");
    values.put("right-to-left override", "\u202Etxt.exe");
    values.put("a megabyte", "x".repeat(1 << 20));
    values.put("NaN", Double.NaN);
    values.put("infinity", Float.POSITIVE_INFINITY);
    values.put("map that contains itself", selfContaining());
    values.put("list that contains itself", selfContainingList());
    values.put("5,000 lists in each other", nested(5_000));
    values.put("map with a null key", nullKey());
    values.put("toString that throws", new Throwing());
    values.put("toString without end", new Endless());
    values.put("getter that throws", new Bean());
    return values;
  }

  private static Object selfContaining() {
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    return map;
  }

  private static Object selfContainingList() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    return list;
  }

  private static Object nested(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      list = new ArrayList<>(List.of(list));
    }
    return list;
  }

  private static Object nullKey() {
    Map<Object, Object> map = new HashMap<>();
    map.put(null, 1);
    return map;
  }

  private static final class Throwing {
    @Override
    public String toString() {
      throw new IllegalStateException("expected");
    }
  }

  private static final class Endless {
    @Override
    public String toString() {
      return "x" + this;
    }
  }

  /** Public, so that an encoder that looks for getters finds this one. */
  public static final class Bean {
    /**
     * Fails.
     *
     * @return nothing
     */
    public String getName() {
      throw new IllegalStateException("expected");
    }
  }
}
