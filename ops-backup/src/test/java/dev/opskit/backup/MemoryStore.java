package dev.opskit.backup;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Hands its bytes out for tests to damage. */
class MemoryStore implements BackupStore {
  final ConcurrentSkipListMap<BlobKey, byte[]> blobs = new ConcurrentSkipListMap<>();
  final List<BlobKey> puts = new ArrayList<>();

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    byte[] bytes = new byte[(int) blob.sizeBytes()];
    blob.bytes().get(bytes);
    puts.add(key);
    byte[] before = blobs.putIfAbsent(key, bytes);
    return before == null || Blob.of(before).sha256().equals(blob.sha256());
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    return Optional.ofNullable(blobs.get(key)).map(ByteArrayInputStream::new);
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    return blobs.entrySet().stream()
        .filter(e -> e.getKey().value().startsWith(prefix))
        .filter(e -> e.getKey().value().compareTo(startAfter) > 0)
        .limit(PAGE)
        .map(e -> new BlobInfo(e.getKey(), e.getValue().length))
        .toList();
  }

  @Override
  public void delete(BlobKey key) {
    blobs.remove(key);
  }

  List<BlobKey> chunkKeys() {
    return blobs.keySet().stream().filter(k -> k.value().contains("/chunks/")).toList();
  }

  BlobKey manifestKey() {
    return blobs.keySet().stream()
        .filter(k -> k.value().contains("/manifests/"))
        .findFirst()
        .orElseThrow();
  }

  byte[] bytes(BlobKey key) {
    return Objects.requireNonNull(blobs.get(key));
  }
}
