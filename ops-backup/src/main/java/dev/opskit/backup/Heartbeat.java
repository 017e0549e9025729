package dev.opskit.backup;

import dev.opskit.core.json.JsonWriter;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Lets a run that takes longer than others tell collections of other processes that it lives. */
final class Heartbeat {
  static final Duration INTERVAL = Duration.ofMinutes(30);

  private final String id;
  private final Layout layout;
  private final BackupStore store;
  private final TimeSource time;
  private final AtomicLong last;

  Heartbeat(String id, Layout layout, BackupStore store, TimeSource time) {
    this.id = id;
    this.layout = layout;
    this.store = store;
    this.time = time;
    this.last = new AtomicLong(time.nanoTime());
  }

  /** Called with every chunk. The first sign of life is the time in the id. */
  void beat() {
    long now = time.nanoTime();
    long before = last.get();
    if (now - before >= INTERVAL.toNanos() && last.compareAndSet(before, now)) {
      Instant at = time.now();
      JsonWriter json = new JsonWriter(256);
      json.beginObject();
      json.name("version").value(Manifest.VERSION);
      json.name("id").value(id);
      json.name("source").value(layout.source());
      json.name("at").value(at.toString());
      byte[] line = json.endObject().newline().toByteArray();
      store.putIfAbsent(layout.beat(id, BackupId.time(at)), Blob.of(SealedJson.seal(line)));
    }
  }
}
