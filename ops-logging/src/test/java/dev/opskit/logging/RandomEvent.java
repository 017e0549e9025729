package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/** Makes an event at random, out of what is known to hurt encoders. */
final class RandomEvent {
  private static final Level[] LEVELS = {
    Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR
  };
  private static final String[] NAMES = {
    "message", "level", "a", "a", "a_2", "", "error", "repaired", "password", "k\"", "k\uD800", "ü"
  };
  private static final String[] PIECES = {
    "plain text ",
    "{}",
    "\\{}",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\0",
    "\u001b[31m",
    "\u009b",
    "\u2028",
    "\u202e",
    "\uD83D",
    "\uDE00",
    "\uD83D\uDE00",
    "ü",
    "\uFFFF",
    "{\"a\":1}",
    "],",
    "\u007f"
  };

  private static final int SCALARS_ONLY = 9;

  private final Random random;
  private final String secret;

  RandomEvent(Random random, String secret) {
    this.random = random;
    this.secret = secret;
  }

  LoggingEvent next(Logger logger) {
    Object[] arguments = new Object[random.nextInt(4)];
    for (int i = 0; i < arguments.length; i++) {
      // A scalar: slf4j prints what fails in an argument, and would print it thousands of times.
      arguments[i] = value(SCALARS_ONLY);
    }
    Throwable thrown = random.nextInt(4) == 0 ? throwable(0) : null;
    Level level = LEVELS[random.nextInt(LEVELS.length)];
    LoggingEvent event = new LoggingEvent(Logger.FQCN, logger, level, message(), thrown, arguments);
    List<KeyValuePair> pairs = new ArrayList<>();
    for (int i = few(); i > 0; i--) {
      pairs.add(new KeyValuePair(name(), value(0)));
    }
    event.setKeyValuePairs(pairs);
    Map<String, String> mdc = new HashMap<>();
    for (int i = few(); i > 0; i--) {
      mdc.put(name(), random.nextInt(9) == 0 ? null : text());
    }
    event.setMDCPropertyMap(mdc);
    for (int i = random.nextInt(8) - 6; i > 0; i--) {
      event.addMarker(MarkerFactory.getDetachedMarker(text()));
    }
    return event;
  }

  private @Nullable String message() {
    return random.nextInt(50) == 0 ? null : text();
  }

  /** Mostly few, now and then more than a line can hold. */
  private int few() {
    return random.nextInt(40) == 0 ? random.nextInt(300) : random.nextInt(6);
  }

  private @Nullable String name() {
    int kind = random.nextInt(20);
    return kind == 0 ? text() : kind == 1 ? null : NAMES[random.nextInt(NAMES.length)] + few();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(random.nextInt(12) == 0 ? secret : PIECES[random.nextInt(PIECES.length)]);
    }
    int times = random.nextInt(60) == 0 ? random.nextInt(3_000) : 1;
    return text.toString().repeat(times);
  }

  private @Nullable Object value(int depth) {
    return switch (random.nextInt(depth >= SCALARS_ONLY ? 9 : 13)) {
      case 0 -> null;
      case 1 -> random.nextInt();
      case 2 -> random.nextLong();
      case 3 -> Double.longBitsToDouble(random.nextLong());
      case 4 -> Float.intBitsToFloat(random.nextInt());
      case 5 -> new BigDecimal(random.nextInt()).scaleByPowerOfTen(random.nextInt(900) - 450);
      case 6 -> random.nextBoolean();
      case 7 -> new byte[3];
      case 8 -> text();
      case 9 -> list(depth).toArray();
      case 10 -> list(depth);
      case 11 -> map(depth);
      default -> throwing(random.nextInt(3));
    };
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(random.nextInt(20) == 0 ? list : value(depth + 1));
    }
    return list;
  }

  private Map<Object, Object> map(int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(random.nextInt(3) == 0 ? random.nextInt(3) : name(), value(depth + 1));
    }
    if (random.nextInt(20) == 0) {
      map.put("self", map);
    }
    return map;
  }

  private static Object throwing(int kind) {
    return new Object() {
      @Override
      public String toString() {
        if (kind == 0) {
          throw new IllegalStateException("expected");
        }
        return kind == 1 ? null : "fine";
      }
    };
  }

  private Throwable throwable(int depth) {
    Throwable cause = depth < 40 && random.nextInt(3) > 0 ? throwable(depth + 1) : null;
    Exception thrown = new Exception(random.nextInt(5) == 0 ? null : text(), cause);
    StackTraceElement[] frames = new StackTraceElement[few()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new StackTraceElement("com.example.C" + i, text(), "C.java", random.nextInt());
    }
    thrown.setStackTrace(frames);
    if (depth < 3 && random.nextInt(6) == 0) {
      thrown.addSuppressed(throwable(depth + 20));
    }
    return thrown;
  }
}
