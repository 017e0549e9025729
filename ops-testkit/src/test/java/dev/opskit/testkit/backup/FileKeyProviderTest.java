package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupKeyException;
import dev.opskit.backup.FileKeyProvider;
import dev.opskit.backup.KeyProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyProviderTest implements KeyProviderContract {
  @TempDir Path folder;

  @Override
  public KeyProvider provider() throws IOException {
    Files.writeString(folder.resolve("2026-10"), "0f".repeat(32) + "\n");
    return FileKeyProvider.of(folder, "2026-10");
  }

  @Override
  public KeyProvider rotated(KeyProvider provider) throws IOException {
    Files.writeString(folder.resolve("2026-11"), "A1".repeat(32));
    return FileKeyProvider.of(folder, "2026-11");
  }

  @Override
  public KeyProvider withOtherKeys(KeyProvider provider) throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("2026-10"), "0e".repeat(32) + "\n");
    return FileKeyProvider.of(other, "2026-10");
  }

  @Test
  void aFileThatHoldsNoKeyIsNamedAndNotQuoted() throws IOException {
    for (String content : List.of("", "secret-canary", "0f".repeat(31), "0g".repeat(32))) {
      Files.writeString(folder.resolve("2026-10"), content);
      BackupKeyException refusal =
          assertThrows(
              BackupKeyException.class,
              () -> FileKeyProvider.of(folder, "2026-10").wrap(new byte[32]));
      StringWriter trace = new StringWriter();
      refusal.printStackTrace(new PrintWriter(trace));
      assertTrue(trace.toString().contains("2026-10"), trace::toString);
      assertFalse(!content.isEmpty() && trace.toString().contains(content), trace::toString);
    }
  }

  @Test
  void anIdThatIsNoFileNameIsRefusedAtOnce() {
    for (String id : List.of("", "a/b", "..", ".hidden", "a b")) {
      var bad = assertThrows(IllegalArgumentException.class, () -> FileKeyProvider.of(folder, id));
      assertTrue(bad.getMessage().startsWith("keyId is '" + id + "'"), bad.getMessage());
    }
  }
}
