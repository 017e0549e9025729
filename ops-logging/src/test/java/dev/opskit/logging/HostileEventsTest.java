package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import dev.opskit.core.masking.SensitiveValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Whatever is logged, the caller goes on and there is one valid, bounded line that is of use. */
class HostileEventsTest {
  private static final Object THROWS =
      new Object() {
        @Override
        public String toString() {
          throw new IllegalStateException("expected");
        }
      };
  private static final Object OVERFLOWS =
      new Object() {
        @Override
        public String toString() {
          return "x" + this;
        }
      };

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void thereIsOneValidLine(String name, Consumer<Logger> event) {
    Lines lines = new Lines(new SensitiveValues());
    event.accept(lines.logger);
    Map<String, Object> line = lines.only();
    assertEquals("orders", line.get("service"));
    assertEquals("test.Logger", line.get("logger"));
    assertTrue(line.get("message") instanceof String);
  }

  static Stream<Arguments> events() {
    return Stream.concat(texts(), Stream.concat(fields(), throwables()));
  }

  private static Stream<Arguments> texts() {
    return Stream.of(
        event("null message", log -> log.info(null)),
        event("empty message", log -> log.info("")),
        event("line breaks", log -> log.info("a\nb\r\nc\u2028d\u2029e\u0085f")),
        event("control characters", log -> log.info(allControls())),
        event("forged line", log -> log.info("\"}\n{\"level\":\"ERROR\",\"message\":\"forged\"}")),
        event("unpaired high surrogate", log -> log.info("a\uD800")),
        event("unpaired low surrogate", log -> log.info("\uDC00a")),
        event("reversed surrogates", log -> log.info("\uDE00\uD83D")),
        event("emoji up to the cut", log -> log.info("\uD83D\uDE00".repeat(5_000))),
        event("right-to-left override", log -> log.info("\u202Etxt.exe")),
        event("noncharacters", log -> log.info("\uFFFE\uFFFF\uFEFF")),
        event("a megabyte", log -> log.info("x".repeat(1 << 20))),
        event("a megabyte of quotes", log -> log.info("\"".repeat(1 << 20))),
        event("a megabyte of NUL", log -> log.info("\0".repeat(1 << 20))),
        event("argument that throws", log -> log.info("a {} b", THROWS)),
        event("argument that overflows", log -> log.info("a {} b", OVERFLOWS)),
        event("too few arguments", log -> log.info("a {} {} b", 1)),
        event("too many arguments", log -> log.info("a {} b", 1, 2, 3)),
        event("recursive argument", log -> log.info("a {} b", (Object) recursiveArray())),
        event("escaped braces", log -> log.info("\\{} {} {{}}", "x")),
        event("only NUL", log -> log.info("\0")),
        event("every C1 control", log -> log.info("\u0080\u0085\u009b\u009f")),
        event("every bidi control", log -> log.info("\u061c\u200e\u200f\u202a\u2066\u2069")),
        event("surrogate at the cut", log -> log.info("x".repeat(5_997) + "\uD83D\uDE00")),
        event("escape at the cut", log -> log.info("x".repeat(5_997) + "\n")),
        event("unpaired surrogate at the cut", log -> log.info("x".repeat(5_995) + "\uD83D!")),
        event("null argument", log -> log.info("a {} b", (Object) null)),
        event("null array", log -> log.info("a {} {}", (Object[]) null)),
        event("arrays of arrays", log -> log.info("{}", (Object) new int[][] {{1}, {}, null})),
        event("exception as an argument", log -> log.info("a {}", new Exception("m"))),
        event("map that contains itself", log -> log.info("a {}", recursiveMap())),
        event("JSON in JSON", log -> log.info("{\"a\":\"{\\\"b\\\":1}\"}")),
        event("log4shell", log -> log.info("${jndi:ldap://127.0.0.1/a} %d{yyyy}", 1)));
  }

  private static Stream<Arguments> fields() {
    return Stream.of(
        kv("null key", e -> e.addKeyValue(null, 1)),
        kv("empty key", e -> e.addKeyValue("", 1)),
        kv("reserved key", e -> e.addKeyValue("message", 1).addKeyValue("error", "x")),
        kv("same key twenty times", e -> times(20, i -> e.addKeyValue("k", i))),
        kv("keys that differ in a surrogate", e -> surrogateKeys(e)),
        kv("key with quotes", e -> e.addKeyValue("\",\"level\":\"", 1)),
        kv("huge key", e -> e.addKeyValue("k".repeat(100_000), 1)),
        kv("two huge keys", e -> times(2, i -> e.addKeyValue("k".repeat(500) + i, i))),
        kv("key named repaired", e -> e.addKeyValue("repaired", "x".repeat(9_000))),
        kv("huge value", e -> e.addKeyValue("k", "\0".repeat(1 << 20))),
        kv("a thousand keys", e -> times(1_000, i -> e.addKeyValue("k" + i, "\0".repeat(90)))),
        kv("value that throws", e -> e.addKeyValue("k", THROWS)),
        kv("value that overflows", e -> e.addKeyValue("k", OVERFLOWS)),
        kv("not a number", e -> e.addKeyValue("a", Double.NaN).addKeyValue("b", Float.NaN)),
        kv("infinity", e -> e.addKeyValue("k", Double.NEGATIVE_INFINITY)),
        kv("huge exponent", e -> e.addKeyValue("k", new BigDecimal("1e999999999"))),
        kv("huge integer", e -> e.addKeyValue("k", BigInteger.ONE.shiftLeft(100_000))),
        kv("foreign number", e -> e.addKeyValue("k", foreignNumber())),
        kv("self-containing map", e -> e.addKeyValue("k", recursiveMap())),
        kv("self-containing list", e -> e.addKeyValue("k", recursiveList())),
        kv("self-containing array", e -> e.addKeyValue("k", recursiveArray())),
        kv("map with null and mixed keys", e -> e.addKeyValue("k", mixedKeys())),
        kv("endless list", e -> e.addKeyValue("k", endlessList())),
        kv("map that throws", e -> e.addKeyValue("k", throwingMap())),
        kv("list that throws half-way", e -> e.addKeyValue("k", throwingList())),
        kv("wide and deep", e -> e.addKeyValue("k", wideAndDeep(8))),
        kv("key of another's schema", e -> e.addKeyValue("@timestamp", 1)),
        kv("key with a line break", e -> e.addKeyValue("a\nb", 1)),
        kv("key with NUL", e -> e.addKeyValue("a\0", 1).addKeyValue("a\u0001", 2)),
        kv("renamed key is taken", e -> e.addKeyValue("a_2", 1).addKeyValue("a", 2)),
        kv("smallest numbers", e -> e.addKeyValue("a", Long.MIN_VALUE).addKeyValue("b", -0.0)),
        kv("byte and short", e -> e.addKeyValue("a", (byte) -1).addKeyValue("b", (short) -1)),
        kv("tiny fraction", e -> e.addKeyValue("k", new BigDecimal("1e-999999999"))),
        kv("class, enum and lambda", e -> e.addKeyValue("a", String.class).addKeyValue("b", log())),
        kv("toString that is null", e -> e.addKeyValue("k", nullText())),
        kv("array of primitives", e -> e.addKeyValue("k", new long[] {1, 2})),
        kv("keys that differ in case", e -> e.addKeyValue("A", 1).addKeyValue("a", 2)),
        kv("marker that is null text", e -> e.addMarker(MarkerFactory.getMarker(""))),
        kv("huge marker", e -> e.addMarker(MarkerFactory.getMarker("m".repeat(100_000)))));
  }

  private static Stream<Arguments> throwables() {
    return Stream.of(
        thrown("no message", new Exception()),
        thrown("huge message", new Exception("\0".repeat(1 << 20))),
        thrown("message that throws", new UnreadableMessage()),
        thrown("cause that throws", new UnreadableCause()),
        thrown("unreadable as a cause", new Exception("outer", new UnreadableMessage())),
        thrown("circular causes", circular()),
        thrown("suppressing each other", suppressingEachOther()),
        thrown("a thousand causes", chain(1_000)),
        thrown("empty message", new Exception("")),
        thrown("message with a line", new Exception("a\n\tat forged.Frame(F.java:1)\n")),
        thrown("frame with quotes", framed("a\"b\n\u202e")),
        thrown("frame with a surrogate", framed("\uD800")),
        thrown("huge frame", framed("f".repeat(100_000))),
        thrown("no frames", framed()),
        thrown("suppressed a hundred times", suppressed(100)),
        thrown("toString that throws", new UnreadableText()),
        thrown("no stack", new Exception("m", null, false, false) {}),
        thrown("stack overflow", overflow()),
        event(
            "everything at once",
            log ->
                log.atError()
                    .addKeyValue("k", wideAndDeep(8))
                    .addKeyValue("l", "\0".repeat(1 << 20))
                    .setCause(new Exception("\0".repeat(1 << 20), chain(100)))
                    .log("\0".repeat(1 << 20))));
  }

  private static Arguments event(String name, Consumer<Logger> event) {
    return Arguments.of(name, event);
  }

  private static Arguments kv(String name, Consumer<LoggingEventBuilder> fields) {
    return event(
        name,
        log -> {
          LoggingEventBuilder builder = log.atInfo();
          fields.accept(builder);
          builder.log("m");
        });
  }

  private static Arguments thrown(String name, Throwable thrown) {
    return event(name, log -> log.error("m", thrown));
  }

  private static void times(int count, Consumer<Integer> what) {
    for (int i = 0; i < count; i++) {
      what.accept(i);
    }
  }

  private static void surrogateKeys(LoggingEventBuilder event) {
    event.addKeyValue("a\uD800", 1).addKeyValue("a\uD801", 2).addKeyValue("a\uFFFD", 3);
  }

  private static String allControls() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0xA0; c++) {
      all.append(c);
    }
    return all.toString();
  }

  private static Number foreignNumber() {
    return new Number() {
      private static final long serialVersionUID = 1;

      @Override
      public int intValue() {
        return 1;
      }

      @Override
      public long longValue() {
        return 1;
      }

      @Override
      public float floatValue() {
        return 1;
      }

      @Override
      public double doubleValue() {
        return 1;
      }

      @Override
      public String toString() {
        return "1, \"b\": 2";
      }
    };
  }

  private static Object[] recursiveArray() {
    Object[] array = new Object[2];
    array[0] = array;
    return array;
  }

  private static Map<String, Object> recursiveMap() {
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);
    return map;
  }

  private static List<Object> recursiveList() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    list.add(list);
    return list;
  }

  private static Map<Object, Object> mixedKeys() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(null, 1);
    map.put("null", 2);
    map.put(1, null);
    map.put("1", "x");
    map.put(THROWS, "x");
    return map;
  }

  private static List<String> endlessList() {
    return Collections.nCopies(Integer.MAX_VALUE, "again");
  }

  private static Map<String, String> throwingMap() {
    return new AbstractMap<>() {
      @Override
      public Set<Map.Entry<String, String>> entrySet() {
        throw new IllegalStateException("expected");
      }
    };
  }

  private static List<String> throwingList() {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        if (index > 2) {
          throw new IllegalStateException("expected");
        }
        return "fine";
      }

      @Override
      public int size() {
        return 10;
      }
    };
  }

  private static Object wideAndDeep(int depth) {
    return depth == 0 ? "leaf" : Collections.nCopies(10, wideAndDeep(depth - 1));
  }

  private static Exception circular() {
    Exception first = new Exception("first");
    first.initCause(new Exception("second", first));
    return first;
  }

  private static Exception suppressingEachOther() {
    Exception first = new Exception("first");
    Exception second = new Exception("second");
    first.addSuppressed(second);
    second.addSuppressed(first);
    return first;
  }

  private static Exception chain(int length) {
    Exception thrown = new Exception("root");
    for (int i = 1; i < length; i++) {
      thrown = new Exception("cause " + i, thrown);
    }
    return thrown;
  }

  private static Runnable log() {
    return () -> {};
  }

  private static Object nullText() {
    return new Object() {
      @Override
      public String toString() {
        return null;
      }
    };
  }

  private static Exception framed(String... methods) {
    Exception thrown = new Exception("m");
    thrown.setStackTrace(
        Stream.of(methods)
            .map(method -> new StackTraceElement("com.example.C", method, null, -2))
            .toArray(StackTraceElement[]::new));
    return thrown;
  }

  private static Exception suppressed(int count) {
    Exception thrown = new Exception("m");
    times(count, i -> thrown.addSuppressed(new Exception("suppressed " + i)));
    return thrown;
  }

  private static Throwable overflow() {
    try {
      return new Exception(OVERFLOWS.toString());
    } catch (StackOverflowError e) {
      return e;
    }
  }

  private static final class UnreadableMessage extends Exception {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("expected");
    }
  }

  private static final class UnreadableText extends Exception {
    private static final long serialVersionUID = 1;

    @Override
    public String toString() {
      throw new IllegalStateException("expected");
    }
  }

  private static final class UnreadableCause extends Exception {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("expected");
    }
  }
}
