package dev.opskit.logging;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes any value, masked and below a limit. Scalars keep their type; maps, collections and object
 * arrays become objects and arrays; everything else becomes the text that it gives.
 */
final class ValueWriter {
  /** What a name and a number can take at most, so that a begun field can always be finished. */
  static final int MIN_ROOM = 800;

  private static final int CLOSING_BYTES = 16;
  private static final int MAX_TEXT_BYTES = 2_000;
  private static final int MAX_DEPTH = 6;
  private static final int MAX_ELEMENTS = 64;
  private static final int MAX_BIG_BITS = 256;

  private final LineBuffer line;
  private final MaskedText texts;
  private final NameCache cache;
  private final Masking masking;
  private final Repairs repairs;
  private int limit;

  ValueWriter(LineBuffer line, NameCache cache, Masking masking, Repairs repairs) {
    this.line = line;
    this.texts = new MaskedText(line, masking);
    this.cache = cache;
    this.masking = masking;
    this.repairs = repairs;
  }

  /** Nothing is begun, and no text continued, beyond this size of the line. */
  void limit(int bytes) {
    limit = bytes;
  }

  int limit() {
    return limit;
  }

  boolean hasRoom() {
    return limit - line.size >= MIN_ROOM;
  }

  void text(String field, String text, int maxBytes) {
    texts.quoted(field, text, Math.min(line.size + maxBytes, limit - CLOSING_BYTES), repairs);
  }

  void value(String field, @Nullable Object value) {
    value(field, value, 0);
  }

  private void value(String field, @Nullable Object value, int depth) {
    if (value == null) {
      line.raw(Ascii.NULL);
    } else if (value instanceof String text) {
      text(field, text, MAX_TEXT_BYTES);
    } else if (value instanceof Boolean bool) {
      line.raw(bool ? Ascii.TRUE : Ascii.FALSE);
    } else if (value instanceof Number number) {
      number(field, number);
    } else if (value instanceof Map<?, ?> map && mayNest(field, depth)) {
      object(field, map, depth);
    } else if (value instanceof Collection<?> elements && mayNest(field, depth)) {
      array(field, elements, depth);
    } else if (value instanceof Object[] elements && mayNest(field, depth)) {
      array(field, Arrays.asList(elements), depth);
    } else if (value instanceof Map || value instanceof Collection || value instanceof Object[]) {
      constant("<too deep>");
    } else if (value.getClass().isArray()) {
      // Often key material or a password, and never a text.
      constant("<" + value.getClass().getSimpleName() + ">");
    } else {
      text(field, Readable.text(value), MAX_TEXT_BYTES);
    }
  }

  private boolean mayNest(String field, int depth) {
    if (depth == MAX_DEPTH) {
      repairs.add(field, "cut at depth " + MAX_DEPTH);
    }
    return depth < MAX_DEPTH;
  }

  private void constant(String text) {
    text("", text, MAX_TEXT_BYTES);
  }

  private void number(String field, Number number) {
    if (number instanceof Integer || number instanceof Long || number instanceof Short) {
      int mark = line.size;
      line.decimal(number.longValue());
      int end = line.size;
      texts.maskFrom(mark);
      if (line.size < end) {
        line.size = mark;
        text(field, number.toString(), MAX_TEXT_BYTES);
      }
      return;
    }
    boolean isBig = number.getClass() == BigDecimal.class || number.getClass() == BigInteger.class;
    if (isBig && bits(number) > MAX_BIG_BITS) {
      constant("<number of " + bits(number) + " bits>");
      repairs.add(field, "the number is too long");
      return;
    }
    if (!isBig && !number.getClass().getName().startsWith("java.lang.")) {
      text(field, Readable.text(number), MAX_TEXT_BYTES);
      return;
    }
    String digits = number.toString();
    if (digits.equals("NaN") || digits.endsWith("Infinity")) {
      line.raw(Ascii.NULL);
      repairs.add(field, digits + " written as null");
    } else if (masking.text(digits).equals(digits)) {
      line.content(digits, Integer.MAX_VALUE);
    } else {
      text(field, digits, MAX_TEXT_BYTES);
    }
  }

  private static int bits(Number big) {
    BigInteger digits =
        big instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) big;
    return digits.bitLength();
  }

  private void object(String field, Map<?, ?> map, int depth) {
    FieldNames names = new FieldNames(cache, masking, repairs);
    int written = 0;
    line.ascii('{');
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (isFull(field, written)) {
        break;
      }
      Object key = entry.getKey();
      String wanted = Readable.text(key);
      FieldName name = names.claim(wanted, entry.getValue());
      if (name != null) {
        line.separate();
        line.raw(name.json);
        if (name.hidden) {
          constant(Masking.MASK);
        } else {
          value(field, entry.getValue(), depth + 1);
        }
      }
      written++;
    }
    line.ascii('}');
  }

  private void array(String field, Collection<?> elements, int depth) {
    int written = 0;
    line.ascii('[');
    for (Object element : elements) {
      if (isFull(field, written)) {
        break;
      }
      line.separate();
      value(field, element, depth + 1);
      written++;
    }
    line.ascii(']');
  }

  private boolean isFull(String field, int written) {
    if (written < MAX_ELEMENTS && hasRoom()) {
      return false;
    }
    repairs.add(field, "cut to " + written + " elements");
    return true;
  }
}
