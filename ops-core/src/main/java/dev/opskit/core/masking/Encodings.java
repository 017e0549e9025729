package dev.opskit.core.masking;

import dev.opskit.core.masking.Fingerprint.Edges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The forms of a value that cannot be read back byte by byte, so that each has a fingerprint of its
 * own. Those that can be, JSON and URL escapes, are in {@link Reading}.
 */
final class Encodings {
  private static final int BITS = 6;

  private Encodings() {}

  /** Fingerprints of the value as it is, in hexadecimal and in base64. */
  static List<Fingerprint> of(byte[] value, Fingerprint.Key key) {
    List<Fingerprint> all = new ArrayList<>(9);
    add(value.clone(), Edges.NONE, key, all);
    add(hex(value, HexFormat.of()), Edges.NONE, key, all);
    add(hex(value, HexFormat.of().withUpperCase()), Edges.NONE, key, all);
    // Where a value begins inside a longer text, its first byte is at one of three places.
    for (int shift = 0; shift < 3; shift++) {
      Edges edges = new Edges(shift != 0, (shift + value.length) % 3 != 0);
      add(base64(value, shift, Base64.getEncoder()), edges, key, all);
      add(base64(value, shift, Base64.getUrlEncoder()), edges, key, all);
    }
    return all;
  }

  /** Values without letters or without + and / look the same in two alphabets. */
  private static void add(byte[] bytes, Edges edges, Fingerprint.Key key, List<Fingerprint> all) {
    Fingerprint fingerprint = Fingerprint.of(bytes, edges, key);
    Arrays.fill(bytes, (byte) 0);
    if (!all.contains(fingerprint)) {
      all.add(fingerprint);
    }
  }

  private static byte[] hex(byte[] value, HexFormat format) {
    byte[] hex = new byte[2 * value.length];
    for (int i = 0; i < value.length; i++) {
      hex[2 * i] = (byte) format.toHighHexDigit(value[i]);
      hex[2 * i + 1] = (byte) format.toLowHexDigit(value[i]);
    }
    return hex;
  }

  /** Of the base64 of any text with the value in it, the characters that depend on it alone. */
  private static byte[] base64(byte[] value, int shift, Base64.Encoder encoder) {
    byte[] shifted = new byte[shift + value.length];
    System.arraycopy(value, 0, shifted, shift, value.length);
    byte[] encoded = encoder.encode(shifted);
    int from = (8 * shift + BITS - 1) / BITS;
    byte[] own = Arrays.copyOfRange(encoded, from, 8 * shifted.length / BITS);
    Arrays.fill(shifted, (byte) 0);
    Arrays.fill(encoded, (byte) 0);
    return own;
  }
}
