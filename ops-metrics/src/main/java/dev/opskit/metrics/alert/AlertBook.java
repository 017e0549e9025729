package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What fires, and what has ended and is not told everywhere yet. Only the last state of an alert
 * counts, so it is bounded however often one is raised, and an alert that is in it can always end.
 *
 * <p>Thread-safe; the lock is never held during I/O, and for no longer than a look at all entries.
 */
final class AlertBook {
  private static final Logger logger = LoggerFactory.getLogger(AlertBook.class);

  private final String sink;
  private final int capacity;
  private final TimeSource time;
  private final Tally tally;
  private final Map<Alert.Key, Entry> entries = new LinkedHashMap<>();
  private final Map<Alert.Key, Long> told = new HashMap<>();
  private long revision;
  private boolean full;
  private boolean closed;

  AlertBook(String sink, int capacity, TimeSource time, Tally tally) {
    this.sink = sink;
    this.capacity = capacity;
    this.time = time;
    this.tally = tally;
  }

  /** What is new to tell; null if nothing. */
  @Nullable Entry raise(Alert alert) {
    Alert.Key key = alert.key();
    synchronized (this) {
      Entry known = entries.get(key);
      if (known != null && known.isTheSameAs(alert)) {
        return null;
      }
      if (closed || known == null && entries.size() >= capacity && !makeRoom()) {
        drop(alert.name());
        return null;
      }
      full = false;
      Entry before = known == null ? new Entry(alert, alert.startsAt(), 0, 0, Map.of()) : known;
      Entry entry = before.updated(alert, time.now(), ++revision, time.nanoTime());
      entries.put(key, entry);
      return entry;
    }
  }

  /** What is new to tell; null if nothing. */
  synchronized @Nullable Entry resolve(Alert.Key key) {
    Entry known = entries.get(key);
    if (known == null || !known.fires() || closed) {
      return null;
    }
    Entry entry = known.ended(time.now(), ++revision, time.nanoTime());
    entries.put(key, entry);
    return entry;
  }

  /** The oldest first, as they are now. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Somebody knows of this state, or refused to. */
  synchronized void told(Entry entry) {
    told.merge(entry.alert().key(), entry.revision(), Math::max);
  }

  /**
   * Forgets what has ended.
   *
   * @param afterTold how long after its end, if somebody knows of it
   * @param afterAll how long after its end in any case
   */
  synchronized void forget(Duration afterTold, Duration afterAll) {
    long now = time.nanoTime();
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      long age = now - entry.changedNanos();
      boolean isTold = isTold(entry);
      if (!entry.fires() && age >= (isTold ? afterTold : afterAll).toNanos()) {
        all.remove();
        told.remove(entry.alert().key());
        if (!isTold) {
          tally.add(Tally.Result.DROPPED, 1);
        }
      }
    }
  }

  synchronized int pending() {
    return (int) entries.values().stream().filter(entry -> !isTold(entry)).count();
  }

  synchronized int firing() {
    return (int) entries.values().stream().filter(Entry::fires).count();
  }

  /** What is raised from now on is dropped. */
  synchronized void close() {
    closed = true;
  }

  private boolean isTold(Entry entry) {
    return told.getOrDefault(entry.alert().key(), 0L) >= entry.revision();
  }

  private boolean makeRoom() {
    for (Entry entry : entries.values()) {
      if (!entry.fires() && isTold(entry)) {
        entries.remove(entry.alert().key());
        told.remove(entry.alert().key());
        return true;
      }
    }
    return false;
  }

  private void drop(String name) {
    tally.add(Tally.Result.DROPPED, 1);
    if (!full) {
      full = true;
      logger.warn(
          "alert {} is dropped by {}: {}; further ones are not reported until there is room",
          name,
          sink,
          closed ? "it is closed" : capacity + " alerts wait or fire already");
    }
  }
}
