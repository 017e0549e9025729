package dev.opskit.core.masking;

/**
 * A way to read a text: as it is, or with its escapes undone. Escapes are undone one by one while
 * searching, so that a value is found whichever of its characters are escaped, and however.
 *
 * <p>A unit is what stands for one character: its value in the upper half of a long, where the next
 * one begins in the lower half. Characters that are not escaped count byte by byte.
 */
enum Reading {
  PLAIN(""),
  /** {@code \n}, {@code \}{@code u00e9}, {@code \/} and the like. */
  JSON("\\"),
  /** JSON as a string inside of JSON, as in answers of AWS. */
  JSON_TWICE("\\"),
  /** {@code %2F} and {@code %2f}. */
  URL("%"),
  /** The same, and {@code +} for a space. */
  FORM("%+");

  /** In a unit's value: not a byte but a code point, which in UTF-8 has several bytes. */
  private static final int CODE_POINT = 1 << 30;

  private static final Reading[] ALL = values();

  /** The readings in which each byte begins an escape. */
  private static final byte[] BEGINS = new byte[256];

  static {
    BEGINS['\\'] = (byte) (1 << JSON.ordinal());
    BEGINS['%'] = (byte) (1 << URL.ordinal());
    BEGINS['+'] = (byte) (1 << FORM.ordinal());
  }

  private final boolean[] beginsEscape = new boolean[256];

  Reading(String escapes) {
    escapes.chars().forEach(c -> beginsEscape[c] = true);
  }

  static Reading of(int ordinal) {
    return ALL[ordinal];
  }

  /** The readings, one bit each, in which a part of a text is something else than it is. */
  static int differing(byte[] text, int from, int end) {
    int readings = 1 << PLAIN.ordinal();
    for (int at = Words.skipWithout('\\', '%', '+', text, from, end); at < end; at++) {
      readings |= BEGINS[text[at] & 0xFF];
    }
    return (readings & 1 << JSON.ordinal()) != 0 && hasEscapedBackslash(text, from, end)
        ? readings | 1 << JSON_TWICE.ordinal()
        : readings;
  }

  private static boolean hasEscapedBackslash(byte[] text, int from, int end) {
    for (int at = from; at < end; at++) {
      if (text[at] == '\\' && isEscapedBackslash(text, at, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscapedBackslash(byte[] text, int at, int end) {
    long unit = json(text, at, end, 1);
    return value(unit) == '\\' && next(unit) > at + 1;
  }

  /** Whether a byte is a unit by itself that stands for the same byte. */
  boolean isPlain(byte b) {
    return !beginsEscape[b & 0xFF];
  }

  /** The unit at a place inside of the text. */
  long unit(byte[] text, int at, int end) {
    switch (this) {
      case JSON:
        return json(text, at, end, 1);
      case JSON_TWICE:
        return json(text, at, end, 2);
      case URL:
        return url(text, at, end);
      case FORM:
        return text[at] == '+' ? unit(' ', at + 1) : url(text, at, end);
      default:
        return unit(text[at] & 0xFF, at + 1);
    }
  }

  static int next(long unit) {
    return (int) unit;
  }

  /** How many bytes the unit has in UTF-8. */
  static int bytes(long unit) {
    int value = value(unit);
    if ((value & CODE_POINT) == 0) {
      return 1;
    }
    int codePoint = value & ~CODE_POINT;
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** One of the unit's bytes in UTF-8. */
  static int utf8(long unit, int index) {
    int count = bytes(unit);
    int value = value(unit) & ~CODE_POINT;
    if (count == 1) {
      return value;
    }
    int bits = value >>> 6 * (count - 1 - index);
    return index == 0 ? 0xF00 >>> count & 0xFF | bits : 0x80 | bits & 0x3F;
  }

  private static long unit(int value, int next) {
    return (long) value << 32 | next;
  }

  private static int value(long unit) {
    return (int) (unit >>> 32);
  }

  private static long url(byte[] text, int at, int end) {
    if (text[at] == '%' && at + 2 < end) {
      int high = Character.digit(text[at + 1], 16);
      int low = Character.digit(text[at + 2], 16);
      if (high >= 0 && low >= 0) {
        return unit(high << 4 | low, at + 3);
      }
    }
    return unit(text[at] & 0xFF, at + 1);
  }

  private static long json(byte[] text, int at, int end, int level) {
    if (level == 0) {
      return unit(text[at] & 0xFF, at + 1);
    }
    long backslash = json(text, at, end, level - 1);
    if (value(backslash) != '\\' || next(backslash) >= end) {
      return backslash;
    }
    long escaped = json(text, next(backslash), end, level - 1);
    switch (value(escaped)) {
      case '"', '\\', '/', '\'':
        return escaped;
      case 'b':
        return unit('\b', next(escaped));
      case 'f':
        return unit('\f', next(escaped));
      case 'n':
        return unit('\n', next(escaped));
      case 'r':
        return unit('\r', next(escaped));
      case 't':
        return unit('\t', next(escaped));
      case 'u':
        long character = character(text, next(escaped), end, level);
        return character < 0 ? backslash : character;
      default:
        // No escape after all.
        return backslash;
    }
  }

  /** What four digits stand for, together with those of a low surrogate behind them; or -1. */
  private static long character(byte[] text, int at, int end, int level) {
    long high = digits(text, at, end, level - 1);
    if (high < 0 || value(high) < 0x80) {
      return high;
    }
    int codePoint = value(high);
    int next = next(high);
    if (Character.isHighSurrogate((char) codePoint) && next < end) {
      long backslash = json(text, next, end, level - 1);
      if (value(backslash) == '\\' && next(backslash) < end) {
        long u = json(text, next(backslash), end, level - 1);
        long low = value(u) == 'u' ? digits(text, next(u), end, level - 1) : -1;
        if (low >= 0 && Character.isLowSurrogate((char) value(low))) {
          codePoint = Character.toCodePoint((char) codePoint, (char) value(low));
          next = next(low);
        }
      }
    }
    return unit(codePoint | CODE_POINT, next);
  }

  private static long digits(byte[] text, int at, int end, int level) {
    int value = 0;
    int next = at;
    for (int i = 0; i < 4; i++) {
      if (next >= end) {
        return -1;
      }
      long unit = json(text, next, end, level);
      int digit = Character.digit(value(unit), 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
      next = next(unit);
    }
    return unit(value, next);
  }
}
