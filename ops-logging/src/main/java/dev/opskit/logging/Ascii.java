package dev.opskit.logging;

import java.nio.charset.StandardCharsets;

/** Constants as they stand in a line, encoded once. */
final class Ascii {
  static final byte[] TRUE = bytes("true");
  static final byte[] FALSE = bytes("false");
  static final byte[] NULL = bytes("null");

  private Ascii() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The name of a field that follows another. */
  static byte[] field(String name) {
    return bytes(",\"" + name + "\":");
  }
}
