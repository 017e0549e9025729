package dev.opskit.secrets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The pending version of a secret while it is used in place of the current one. */
final class Bridge<T> {
  private final Superseded superseded;
  private final Duration grace;
  private @Nullable Shown<T> pending;
  private boolean closed;

  Bridge(Superseded superseded, Duration grace) {
    this.superseded = superseded;
    this.grace = grace;
  }

  synchronized @Nullable Shown<T> get() {
    return pending;
  }

  /** The one before is wiped after its grace. */
  void set(@Nullable Shown<T> next) {
    Shown<T> ended;
    synchronized (this) {
      ended = closed ? next : pending;
      pending = closed ? null : next;
    }
    if (ended != null) {
      superseded.add(ended::wipe, grace);
    }
  }

  void close() {
    Shown<T> ended;
    synchronized (this) {
      closed = true;
      ended = pending;
      pending = null;
    }
    if (ended != null) {
      ended.wipe();
    }
  }
}
