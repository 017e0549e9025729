package dev.opskit.logging;

import dev.opskit.core.json.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
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

  private final JsonWriter json;
  private final Masking masking;
  private final Repairs repairs;
  private int limit;

  ValueWriter(JsonWriter json, Masking masking, Repairs repairs) {
    this.json = json;
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
    return limit - json.sizeBytes() >= MIN_ROOM;
  }

  void text(String field, String text, int maxBytes) {
    String masked = masking.text(text);
    int room = Math.min(maxBytes, limit - json.sizeBytes() - CLOSING_BYTES);
    int written = json.value(masked, room);
    if (written < masked.length()) {
      repairs.add(field, "cut to " + written + " of " + masked.length() + " characters");
    }
  }

  void value(String field, @Nullable Object value) {
    value(field, value, 0);
  }

  private void value(String field, @Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean) {
      json.scalar(value);
    } else if (value instanceof Number number) {
      number(field, number);
    } else if (value instanceof Map<?, ?> map && mayNest(field, depth)) {
      object(field, map, depth);
    } else if (value instanceof Collection<?> elements && mayNest(field, depth)) {
      array(field, elements, depth);
    } else if (value instanceof Object[] elements && mayNest(field, depth)) {
      array(field, Arrays.asList(elements), depth);
    } else if (value instanceof Map || value instanceof Collection || value instanceof Object[]) {
      json.value("<too deep>");
    } else if (value.getClass().isArray()) {
      // Often key material or a password, and never a text.
      json.value("<" + value.getClass().getSimpleName() + ">");
    } else {
      text(field, Readable.text(value::toString), MAX_TEXT_BYTES);
    }
  }

  private boolean mayNest(String field, int depth) {
    if (depth == MAX_DEPTH) {
      repairs.add(field, "cut at depth " + MAX_DEPTH);
    }
    return depth < MAX_DEPTH;
  }

  private void number(String field, Number number) {
    boolean isBig = number.getClass() == BigDecimal.class || number.getClass() == BigInteger.class;
    if (isBig && bits(number) > MAX_BIG_BITS) {
      json.value("<number of " + bits(number) + " bits>");
      repairs.add(field, "the number is too long");
      return;
    }
    if (!isBig && !number.getClass().getName().startsWith("java.lang.")) {
      text(field, Readable.text(number::toString), MAX_TEXT_BYTES);
      return;
    }
    String digits = number.toString();
    if (digits.equals("NaN") || digits.endsWith("Infinity")) {
      json.nullValue();
      repairs.add(field, digits + " written as null");
    } else if (masking.text(digits).equals(digits)) {
      json.scalar(number);
    } else {
      json.value(masking.text(digits));
    }
  }

  private static int bits(Number big) {
    BigInteger digits =
        big instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) big;
    return digits.bitLength();
  }

  private void object(String field, Map<?, ?> map, int depth) {
    FieldNames names = new FieldNames(Set.of(), masking, repairs);
    int written = 0;
    json.beginObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (isFull(field, written)) {
        break;
      }
      Object key = entry.getKey();
      String wanted = Readable.text(() -> key);
      String name = names.claim(wanted, entry.getValue());
      if (name != null) {
        json.name(name);
        if (masking.hides(wanted)) {
          json.value(Masking.MASK);
        } else {
          value(field, entry.getValue(), depth + 1);
        }
      }
      written++;
    }
    json.endObject();
  }

  private void array(String field, Collection<?> elements, int depth) {
    int written = 0;
    json.beginArray();
    for (Object element : elements) {
      if (isFull(field, written)) {
        break;
      }
      value(field, element, depth + 1);
      written++;
    }
    json.endArray();
  }

  private boolean isFull(String field, int written) {
    if (written < MAX_ELEMENTS && hasRoom()) {
      return false;
    }
    repairs.add(field, "cut to " + written + " elements");
    return true;
  }
}
