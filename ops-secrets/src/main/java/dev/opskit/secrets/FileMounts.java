package dev.opskit.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which files are mounted one by one, as Linux tells it: a {@code subPath} of a Kubernetes volume,
 * or a Docker secret. Such a mount holds the file that was there when the container began; a new
 * one renamed over it outside is never seen. Thread-safe; what it found it keeps, since mounts of a
 * container do not change.
 */
final class FileMounts {
  private static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");
  private static final int ROOT = 3;
  private static final int MOUNT_POINT = 4;

  private final Path table;
  private final Map<Path, Kind> known = new ConcurrentHashMap<>();

  enum Kind {
    NOT_BY_ITSELF,
    BY_ITSELF,
    SUB_PATH
  }

  FileMounts() {
    this(OF_THIS_PROCESS);
  }

  FileMounts(Path table) {
    this.table = table;
  }

  Kind of(Path file) {
    return known.computeIfAbsent(file, this::lookUp);
  }

  /** Whether it was asked for before. */
  boolean knows(Path file) {
    return known.containsKey(file);
  }

  private Kind lookUp(Path file) {
    Kind found = Kind.NOT_BY_ITSELF;
    for (String line : lines()) {
      String[] fields = line.split(" ");
      if (fields.length > MOUNT_POINT && unescaped(fields[MOUNT_POINT]).equals(file.toString())) {
        // The kubelet's folders begin with two dots, and no one else's do.
        found = fields[ROOT].contains("/..") ? Kind.SUB_PATH : Kind.BY_ITSELF;
      }
    }
    return found;
  }

  private List<String> lines() {
    try {
      // Any bytes may be in a path; one that is not UTF-8 is not one of ours.
      return Files.readAllLines(table, StandardCharsets.ISO_8859_1);
    } catch (IOException notLinux) {
      return List.of();
    }
  }

  /** Blanks and backslashes are written as three octal digits. */
  private static String unescaped(String path) {
    byte[] from = path.getBytes(StandardCharsets.ISO_8859_1);
    byte[] to = new byte[from.length];
    int length = 0;
    for (int i = 0; i < from.length; i++) {
      if (from[i] == '\\' && i + 3 < from.length) {
        to[length++] = (byte) Integer.parseInt(path.substring(i + 1, i + 4), 8);
        i += 3;
      } else {
        to[length++] = from[i];
      }
    }
    return new String(to, 0, length, StandardCharsets.UTF_8);
  }
}
