package dev.opskit.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The last field of an encrypted backup's manifest: the HMAC-SHA256 of the line as it would be
 * without that field. Whoever can write to the store can seal anew; this needs the key.
 */
final class ManifestMac {
  private static final String BEFORE = ",\"mac\":\"";
  private static final String AFTER = "\"}\n";
  private static final int HEX_LENGTH = 64;
  private static final int END_LENGTH = "}\n".length();
  private static final int FIELD_LENGTH = BEFORE.length() + HEX_LENGTH + "\"".length();

  private ManifestMac() {}

  static byte[] add(byte[] line, DataKey key) {
    byte[] end = (BEFORE + key.mac(line, line.length) + AFTER).getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(line, line.length + FIELD_LENGTH);
    System.arraycopy(end, 0, whole, line.length - END_LENGTH, end.length);
    return whole;
  }

  static void check(byte[] whole, DataKey key, String id) {
    int length = whole.length - FIELD_LENGTH;
    if (length > END_LENGTH) {
      byte[] line = Arrays.copyOf(whole, length);
      line[length - 2] = '}';
      line[length - 1] = '\n';
      if (MessageDigest.isEqual(add(line, key), whole)) {
        return;
      }
    }
    throw new BackupCorruptException("the manifest of backup " + id + " is not authentic");
  }
}
