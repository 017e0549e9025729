package dev.opskit.core.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON text (RFC 8259) as UTF-8 into a buffer that it keeps and reuses.
 *
 * <p>Whatever is passed in, the text stays valid: unpaired surrogates become U+FFFD, NaN and
 * infinities become {@code null}, and besides what the RFC demands, characters that could forge a
 * line or reorder it on a terminal are escaped (C1 controls, U+2028, U+2029, bidirectional
 * controls). Once the buffer has grown, writing text, integers and booleans allocates nothing.
 * Commas are placed by the writer; that objects, arrays and names are balanced is up to the caller.
 * Confined to one thread.
 */
public final class JsonWriter {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final Utf8Buffer out;
  private boolean comma;

  /** A writer with a buffer of 512 bytes that grows as needed. */
  public JsonWriter() {
    this(512);
  }

  /**
   * A writer with a buffer of a given size that grows as needed.
   *
   * @param initialBytes 16 or more
   */
  public JsonWriter(int initialBytes) {
    if (initialBytes < 16) {
      throw new IllegalArgumentException(
          "initialBytes is " + initialBytes + ", must be 16 or more");
    }
    this.out = new Utf8Buffer(initialBytes);
  }

  /**
   * Opens an object.
   *
   * @return this
   */
  public JsonWriter beginObject() {
    return open('{');
  }

  /**
   * Closes the innermost object.
   *
   * @return this
   */
  public JsonWriter endObject() {
    return close('}');
  }

  /**
   * Opens an array.
   *
   * @return this
   */
  public JsonWriter beginArray() {
    return open('[');
  }

  /**
   * Closes the innermost array.
   *
   * @return this
   */
  public JsonWriter endArray() {
    return close(']');
  }

  /**
   * Writes the name of the next value.
   *
   * @param name any text
   * @return this
   */
  public JsonWriter name(CharSequence name) {
    separate();
    out.quoted(name);
    out.ascii(':');
    comma = false;
    return this;
  }

  /**
   * Writes a string, or {@code null}.
   *
   * @param value any text
   * @return this
   */
  public JsonWriter value(@Nullable CharSequence value) {
    if (value == null) {
      return nullValue();
    }
    separate();
    out.quoted(value);
    comma = true;
    return this;
  }

  /**
   * Writes a string and ends it before it takes more than a given number of bytes, never inside a
   * code point or an escape.
   *
   * @param value any text
   * @param maxBytes 2 or more, the quotes included, a comma before them not
   * @return how many characters were written, less than there are if the text was cut
   */
  public int value(CharSequence value, int maxBytes) {
    if (maxBytes < 2) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes + ", must be 2 or more");
    }
    separate();
    comma = true;
    return out.quoted(value, maxBytes);
  }

  /**
   * Writes an integer.
   *
   * @param value the number
   * @return this
   */
  public JsonWriter value(long value) {
    separate();
    out.decimal(value);
    comma = true;
    return this;
  }

  /**
   * Writes a number; NaN and infinities become {@code null}, as JSON has no word for them.
   *
   * @param value the number
   * @return this
   */
  public JsonWriter value(double value) {
    return Double.isFinite(value) ? unquoted(Double.toString(value)) : nullValue();
  }

  /**
   * Writes a truth value.
   *
   * @param value the value
   * @return this
   */
  public JsonWriter value(boolean value) {
    return raw(value ? TRUE : FALSE);
  }

  /**
   * Writes {@code null}.
   *
   * @return this
   */
  public JsonWriter nullValue() {
    return raw(NULL);
  }

  /**
   * Writes a scalar of unknown type: null, booleans, and the numbers of java.lang and java.math as
   * such, everything else as the string that {@link Object#toString()} gives.
   *
   * @param value anything
   * @return this
   */
  public JsonWriter scalar(@Nullable Object value) {
    if (value == null) {
      return nullValue();
    } else if (value instanceof CharSequence text) {
      return value(text);
    } else if (value instanceof Boolean bool) {
      return value(bool.booleanValue());
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return value(((Number) value).longValue());
    } else if (value instanceof Float number) {
      return Float.isFinite(number) ? unquoted(number.toString()) : nullValue();
    } else if (value instanceof Double number) {
      return value(number.doubleValue());
    } else if (value.getClass() == BigDecimal.class || value.getClass() == BigInteger.class) {
      return unquoted(value.toString());
    }
    return value(value.toString());
  }

  /**
   * Writes a value that is JSON already.
   *
   * @param json one complete JSON value as UTF-8; it is trusted, not checked
   * @return this
   */
  public JsonWriter raw(byte[] json) {
    separate();
    out.bytes(json, 0, json.length);
    comma = true;
    return this;
  }

  /**
   * Appends a line feed, as JSON Lines wants after each text.
   *
   * @return this
   */
  public JsonWriter newline() {
    out.ascii('\n');
    comma = false;
    return this;
  }

  /**
   * How much has been written.
   *
   * @return bytes since the last {@link #reset()}
   */
  public int sizeBytes() {
    return out.size;
  }

  /**
   * What has been written.
   *
   * @return a copy of exactly {@link #sizeBytes()} bytes
   */
  public byte[] toByteArray() {
    return Arrays.copyOf(out.bytes, out.size);
  }

  /**
   * The writer's own buffer, for callers that must not copy. Only the first {@link #sizeBytes()}
   * bytes mean anything, and only until the next write.
   *
   * @return the buffer itself
   */
  public byte[] buffer() {
    return out.bytes;
  }

  /**
   * Cuts what has been written back to an earlier {@link #sizeBytes()}, for example to drop a field
   * that could not be finished.
   *
   * @param sizeBytes a size that this writer had since the last {@link #reset()}
   */
  public void rollback(int sizeBytes) {
    if (sizeBytes < 0 || sizeBytes > out.size) {
      throw new IllegalArgumentException(
          "rollback to " + sizeBytes + " bytes, but " + out.size + " were written");
    }
    out.size = sizeBytes;
    comma = sizeBytes > 0 && "{[:\n".indexOf(out.bytes[sizeBytes - 1]) < 0;
  }

  /**
   * Forgets what has been written and keeps the buffer.
   *
   * @return this
   */
  public JsonWriter reset() {
    out.size = 0;
    comma = false;
    return this;
  }

  private JsonWriter unquoted(String ascii) {
    separate();
    for (int i = 0; i < ascii.length(); i++) {
      out.ascii(ascii.charAt(i));
    }
    comma = true;
    return this;
  }

  private JsonWriter open(char bracket) {
    separate();
    out.ascii(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.ascii(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      out.ascii(',');
    }
  }
}
