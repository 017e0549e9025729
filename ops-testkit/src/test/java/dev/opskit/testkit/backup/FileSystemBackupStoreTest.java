package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.FileSystemBackupStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSystemBackupStoreTest implements BackupStoreContract {
  @TempDir Path folder;

  @Override
  public BackupStore emptyStore() {
    return FileSystemBackupStore.at(folder.resolve("store"));
  }

  @Override
  public BackupStore another(BackupStore store) {
    return FileSystemBackupStore.at(folder.resolve("store"));
  }
}
