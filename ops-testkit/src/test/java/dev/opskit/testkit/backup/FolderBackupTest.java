package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.files.FolderBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FolderBackupTest implements BackupStrategyContract {
  @TempDir Path folder;

  private Path source = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    source = Files.createDirectory(folder.resolve("source"));
    Path below = Files.createDirectories(source.resolve("a/b"));
    for (int i = 0; i < 5; i++) {
      Files.write(below.resolve("file-" + i), Bytes.random(i, 100_000));
    }
    Files.createSymbolicLink(source.resolve("link"), Path.of("a/b/file-1"));
  }

  @Override
  public BackupStrategy strategy() {
    return FolderBackup.of(source);
  }

  @Override
  public String sourceFingerprint() throws IOException {
    return fingerprint(source);
  }

  @Override
  public Optional<String> targetFingerprint(String target) throws IOException {
    Path path = Path.of(target);
    return Files.exists(path) ? Optional.of(fingerprint(path)) : Optional.empty();
  }

  @Override
  public String freshTarget() {
    return folder.resolve(UUID.randomUUID().toString()).toString();
  }

  @Override
  public String existingTarget() throws IOException {
    Path existing = Files.createDirectory(folder.resolve("existing"));
    Files.writeString(existing.resolve("precious"), "42");
    return existing.toString();
  }

  private static String fingerprint(Path root) throws IOException {
    StringBuilder fingerprint = new StringBuilder();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted().toList()) {
        fingerprint.append(root.relativize(path)).append(' ');
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          fingerprint.append(Arrays.hashCode(Files.readAllBytes(path)));
          fingerprint.append(' ').append(Files.getLastModifiedTime(path));
        }
        fingerprint.append('\n');
      }
    }
    return fingerprint.toString();
  }
}
