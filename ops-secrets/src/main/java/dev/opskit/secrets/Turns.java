package dev.opskit.secrets;

import org.jspecify.annotations.Nullable;

/** Whose turn it is to look at a secret, and when the next one is. Calls nobody. */
final class Turns {
  /** What was asked for by force is believed for so long. */
  private static final long FORCED_PAUSE_NANOS = 500_000_000;

  private @Nullable Flight flight;
  private int failures;
  private boolean asked;
  private boolean wanted;
  private boolean read;
  private boolean changed;
  private boolean closed;
  private long dueNanos;
  private long askedNanos;

  /** From now on looked at without being asked for. */
  synchronized void want() {
    wanted = true;
  }

  /** The provider has told that it may have changed. */
  synchronized void changed(long now) {
    changed = true;
    dueNanos = now;
  }

  /** For a reader that has nothing: null if it is not to be asked yet. */
  synchronized @Nullable Flight cold(long now) {
    boolean leftAlone = flight == null && asked && now - dueNanos < 0;
    return leftAlone ? null : current(now);
  }

  /** Null if what was asked last is new enough, however late the answer came. */
  synchronized @Nullable Flight forced(long now) {
    boolean justAsked = failures == 0 && asked && now - askedNanos < FORCED_PAUSE_NANOS;
    return flight == null && justAsked ? null : current(now);
  }

  /** The one under way or a new one; null after the end. */
  synchronized @Nullable Flight current(long now) {
    if (flight == null && !closed) {
      flight = new Flight();
      changed = false;
      askedNanos = now;
    }
    return flight;
  }

  /** Whether it is time; what nobody has ever read is not looked at behind their backs. */
  synchronized boolean isDue(long now) {
    if (closed || flight != null) {
      return flight != null && flight.isWaiting();
    }
    return asked ? now - dueNanos >= 0 && (wanted || read) : wanted;
  }

  synchronized boolean isFirst() {
    return !asked && flight == null && !closed;
  }

  /** Whether it is still the one that is waited for. */
  synchronized boolean isUnderWay(Flight mine) {
    return flight == mine;
  }

  synchronized int failures() {
    return failures;
  }

  /** False if it is not waited for any more. */
  synchronized boolean land(Flight mine, long now, boolean good, long after) {
    if (flight != mine) {
      return false;
    }
    flight = null;
    asked = true;
    read |= good;
    failures = good ? 0 : failures + 1;
    dueNanos = now + (good && changed ? 0 : after);
    return true;
  }

  /** What was under way. */
  synchronized @Nullable Flight close() {
    Flight open = flight;
    closed = true;
    flight = null;
    return open;
  }
}
