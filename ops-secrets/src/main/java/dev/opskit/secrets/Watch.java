package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a provider tells of one secret, from when it was first read until it is not needed. */
final class Watch {
  private static final Logger logger = LoggerFactory.getLogger(Watch.class);

  private final SecretRef ref;
  private final Store store;
  private final Runnable changed;
  private boolean opened;
  private boolean closed;
  private @Nullable Subscription subscription;

  Watch(SecretRef ref, Store store, Runnable changed) {
    this.ref = ref;
    this.store = store;
    this.changed = changed;
  }

  /** Once. */
  void open() {
    synchronized (this) {
      if (opened || closed) {
        return;
      }
      opened = true;
    }
    Subscription mine = () -> {};
    try {
      mine = store.watch(ref, changed);
    } catch (SecretException e) {
      logger.warn("{}; it is not watched", e.getMessage());
    }
    boolean late;
    synchronized (this) {
      subscription = mine;
      late = closed;
    }
    if (late) {
      mine.close();
    }
  }

  void close() {
    Subscription open;
    synchronized (this) {
      closed = true;
      open = subscription;
      subscription = null;
    }
    if (open != null) {
      open.close();
    }
  }
}
