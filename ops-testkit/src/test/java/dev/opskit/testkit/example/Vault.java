package dev.opskit.testkit.example;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands for the client of a store of secrets. */
final class Vault {
  /** A value of the caller's own, and its version. */
  record Entry(String version, byte[] bytes) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();

  void write(String id, byte[] bytes) {
    entries.put(id, new Entry("v" + versions.incrementAndGet(), bytes.clone()));
  }

  void delete(String id) {
    entries.remove(id);
  }

  @Nullable Entry read(String id) {
    Entry entry = entries.get(id);
    return entry == null ? null : new Entry(entry.version(), entry.bytes().clone());
  }
}
