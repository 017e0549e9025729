package dev.opskit.testkit.example;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;

record TableStore(ConcurrentNavigableMap<BlobKey, byte[]> table) implements BackupStore {
  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    byte[] bytes = new byte[Math.toIntExact(blob.sizeBytes())];
    blob.bytes().get(bytes);
    byte[] before = table.putIfAbsent(key, bytes);
    return before == null || Blob.of(before).sha256().equals(blob.sha256());
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    return Optional.ofNullable(table.get(key)).map(ByteArrayInputStream::new);
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    return table.entrySet().stream()
        .filter(row -> row.getKey().value().startsWith(prefix))
        .filter(row -> row.getKey().value().compareTo(startAfter) > 0)
        .limit(PAGE)
        .map(row -> new BlobInfo(row.getKey(), row.getValue().length))
        .toList();
  }

  @Override
  public void delete(BlobKey key) {
    table.remove(key);
  }
}
