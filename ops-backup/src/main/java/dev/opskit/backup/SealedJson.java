package dev.opskit.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything but chunks is stored as two lines: the content, and the SHA-256 of the first line with
 * its end of line. The seal finds damage; whoever can write to the store can seal anew.
 */
final class SealedJson {
  static final int SEAL_BYTES = 78;
  private static final JsonFactory JSON = new JsonFactory();

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

  /** The texts of an object that was sealed, by name; throws as {@link #open} does. */
  static Map<String, String> texts(byte[] sealed, Object name) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = JSON.createParser(open(sealed, name))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          texts.put(parser.currentName(), parser.getText());
        }
      }
    }
    return texts;
  }

  private static byte[] sealOf(byte[] bytes, int length) {
    String seal = "{\"sha256\":\"" + Sha256.hexOf(bytes, 0, length) + "\"}\n";
    return seal.getBytes(StandardCharsets.US_ASCII);
  }
}
