package dev.opskit.testkit.example;

import dev.opskit.backup.BackupStore;
import dev.opskit.testkit.backup.BackupStoreContract;
import java.util.concurrent.ConcurrentSkipListMap;

class TableStoreTest implements BackupStoreContract {
  @Override
  public BackupStore emptyStore() {
    return new TableStore(new ConcurrentSkipListMap<>());
  }
}
