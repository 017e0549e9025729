package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the contract in the test kit cannot see: the files themselves. */
class FileSystemBackupStoreTest {
  private static final BlobKey KEY = new BlobKey("a/b/c.zst");

  @TempDir Path folder;

  @Test
  void leavesNothingButTheBlob() throws IOException {
    BackupStore store = FileSystemBackupStore.at(folder);
    store.putIfAbsent(KEY, Blob.of(new byte[3]));
    store.putIfAbsent(KEY, Blob.of(new byte[4]));

    assertEquals(List.of(folder.resolve("a/b/c.zst")), files());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void othersCanReadNeitherFilesNorFolders() throws IOException {
    FileSystemBackupStore.at(folder.resolve("root")).putIfAbsent(KEY, Blob.of(new byte[3]));

    assertEquals("rwx------", permissions("root"));
    assertEquals("rwx------", permissions("root/a/b"));
    assertEquals("rw-------", permissions("root/a/b/c.zst"));
  }

  @Test
  void whatACrashLeftBehindIsNotListed() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.write(folder.resolve("a/b/.half.tmp"), new byte[5]);

    assertEquals(List.of(), FileSystemBackupStore.at(folder).list("", ""));
  }

  @Test
  void aFileInThePlaceOfTheFolderIsAnErrorAndNotAnEmptyStore() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    BackupStore store = FileSystemBackupStore.at(file);

    assertThrows(BackupException.class, () -> store.putIfAbsent(KEY, Blob.of(new byte[3])));
    assertTrue(Files.isRegularFile(file));
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
