package dev.opskit.backup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Everything but chunks is stored as two lines: the content, and the SHA-256 of the first line with
 * its end of line. The seal finds damage; whoever can write to the store can seal anew.
 */
final class SealedJson {
  static final int SEAL_BYTES = 78;

  private SealedJson() {}

  /** Wants one line with its end of line. */
  static byte[] seal(byte[] line) {
    byte[] seal = sealOf(line, line.length);
    byte[] sealed = Arrays.copyOf(line, line.length + seal.length);
    System.arraycopy(seal, 0, sealed, line.length, seal.length);
    return sealed;
  }

  /** Throws {@link BackupCorruptException} for everything that is not just as it was sealed. */
  static byte[] open(byte[] sealed, Object name) {
    int length = sealed.length - SEAL_BYTES;
    if (length < 1
        || !Arrays.equals(sealed, length, sealed.length, sealOf(sealed, length), 0, SEAL_BYTES)) {
      throw new BackupCorruptException(name + " does not have the SHA-256 in its last line");
    }
    return Arrays.copyOf(sealed, length);
  }

  private static byte[] sealOf(byte[] bytes, int length) {
    String seal = "{\"sha256\":\"" + Sha256.hexOf(bytes, 0, length) + "\"}\n";
    return seal.getBytes(StandardCharsets.US_ASCII);
  }
}
