package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.s3.S3BackupStore;
import java.nio.file.Path;
import java.util.UUID;

/** The kinds of stores that a backup goes through in the same way. */
enum Place {
  FILES {
    @Override
    BackupStore empty(Path folder) {
      return FileSystemBackupStore.at(folder.resolve("store-" + UUID.randomUUID()));
    }
  },
  S3 {
    @Override
    BackupStore empty(Path folder) {
      return S3BackupStore.of(S3Mock.shared().client(), S3Mock.BUCKET, S3Mock.freshPrefix());
    }
  };

  abstract BackupStore empty(Path folder);
}
