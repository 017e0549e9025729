package dev.opskit.backup;

import java.util.List;
import java.util.function.Consumer;

/** Walks through a listing of any length. */
final class Pages {
  private Pages() {}

  /** The visitor may delete what it is given. */
  static void each(BackupStore store, String prefix, Consumer<BlobInfo> visitor) {
    String last = "";
    while (true) {
      List<BlobInfo> page = store.list(prefix, last);
      if (page.isEmpty()) {
        return;
      }
      page.forEach(visitor);
      last = page.get(page.size() - 1).key().value();
    }
  }
}
