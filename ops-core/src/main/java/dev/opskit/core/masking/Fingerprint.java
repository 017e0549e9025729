package dev.opskit.core.masking;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * What is kept of a value in one of its encodings: too little to get it back, enough to recognise
 * it.
 *
 * @param prefix keyed bits of the first bytes, shared by many values
 * @param firstSeven the same of the first seven bytes
 * @param nextSeven the same of the second to the eighth byte
 * @param length in bytes
 * @param digest a keyed digest of all bytes
 * @param edges which characters beside it hold some of the value's bits
 */
record Fingerprint(
    int prefix, int firstSeven, int nextSeven, int length, long digest, Edges edges) {

  /** Base64 packs bits of two neighbours into one character where their border is inside it. */
  record Edges(boolean before, boolean after) {
    static final Edges NONE = new Edges(false, false);
  }

  static Fingerprint of(byte[] bytes, Edges edges, Key key) {
    long window = Words.at(bytes, 0);
    return new Fingerprint(
        key.mix(window),
        key.mix(window & -1L << 8),
        key.mix(window << 8),
        bytes.length,
        key.digest(bytes, 0, bytes.length),
        edges);
  }

  /** Drawn once per registry, so that fingerprints of two processes cannot be compared. */
  record Key(long multiplier, byte[] salt) {
    static Key random() {
      SecureRandom random = new SecureRandom();
      byte[] salt = new byte[32];
      random.nextBytes(salt);
      return new Key(random.nextLong() | 1, salt);
    }

    /** 32 of 64 bits of a product of eight bytes: many windows share each result. */
    int mix(long window) {
      return (int) (window * multiplier >>> 32);
    }

    long digest(byte[] text, int at, int length) {
      try {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(salt);
        sha256.update(text, at, length);
        return ByteBuffer.wrap(sha256.digest()).getLong();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
