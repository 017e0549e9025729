package dev.opskit.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a small file without leaving its content anywhere else. */
final class FileContent {
  private FileContent() {}

  /** The whole file but for one line feed at its end; the caller wipes it. */
  static byte[] read(SecretRef ref, Path file) throws IOException {
    // One more for the line feed, and one more to see that there is too much.
    byte[] buffer = new byte[SecretValue.MAX_BYTES + 2];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length > 0 && buffer[length - 1] == '\n') {
        length--;
      }
      if (length > SecretValue.MAX_BYTES) {
        throw new SecretException.Malformed(ref, "is larger than 64 KiB");
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }
}
