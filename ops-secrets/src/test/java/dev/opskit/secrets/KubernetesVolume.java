package dev.opskit.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes a Secret volume as the kubelet does: the files into a new folder, a link to it renamed
 * over {@code ..data}, then the old folder removed, file by file.
 */
final class KubernetesVolume {
  private final Path root;
  private int generation;

  KubernetesVolume(Path root) {
    this.root = root;
  }

  /** The name of the folder that holds them now. */
  String put(Map<String, String> files) throws IOException {
    Path data = root.resolve("..data");
    Path before = Files.exists(data) ? data.toRealPath() : null;
    Path folder = Files.createDirectory(root.resolve("..2026_11_24_10_00_00." + generation++));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    Path link = Files.createSymbolicLink(root.resolve("..data_tmp"), folder.getFileName());
    Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
    for (String name : files.keySet()) {
      if (!Files.isSymbolicLink(root.resolve(name))) {
        Files.createSymbolicLink(root.resolve(name), Path.of("..data", name));
      }
    }
    if (before != null) {
      remove(before);
    }
    return folder.getFileName().toString();
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
