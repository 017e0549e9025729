package dev.opskit.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Whom this process acts as, where Linux tells it. */
final class ProcessUser {
  static final int ROOT = 0;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String UID = "Uid:";
  private static final int EFFECTIVE = 2;

  private ProcessUser() {}

  static OptionalInt uid() {
    return uid(STATUS);
  }

  static OptionalInt uid(Path status) {
    try {
      for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(UID)) {
          return OptionalInt.of(Integer.parseInt(line.split("\\s+")[EFFECTIVE]));
        }
      }
    } catch (IOException | RuntimeException notLinux) {
      // Then there is no telling, and nothing is refused for it.
    }
    return OptionalInt.empty();
  }
}
