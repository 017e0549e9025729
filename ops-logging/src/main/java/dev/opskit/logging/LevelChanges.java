package dev.opskit.logging;

import dev.opskit.core.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The loggers whose levels are changed, and one task for the next way back. Thread-safe. */
final class LevelChanges {
  private final ScheduledExecutorService executor;
  private final TimeSource time;
  private final Consumer<ChangedLogger> givenBack;
  private final Object lock = new Object();
  private final Map<String, ChangedLogger> changed = new TreeMap<>();
  private @Nullable Future<?> wayBack;
  private boolean closed;

  /** The consumer is told, outside of any lock, of what was given back. */
  LevelChanges(
      ScheduledExecutorService executor, TimeSource time, Consumer<ChangedLogger> givenBack) {
    this.executor = executor;
    this.time = time;
    this.givenBack = givenBack;
  }

  /** Puts a change in force, or changes nothing and throws. Returns what is in force. */
  ChangedLogger add(ChangedLogger wanted) {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("closed, there would be no way back");
      }
      ChangedLogger earlier = changed.get(wanted.name());
      ChangedLogger change =
          wanted.from(
              earlier != null && earlier.isInForce()
                  ? earlier.original()
                  : wanted.logger().getLevel());
      changed.put(change.name(), change);
      try {
        arrangeWayBack();
      } catch (RejectedExecutionException e) {
        changed.remove(change.name());
        if (earlier != null) {
          changed.put(change.name(), earlier);
        }
        throw new IllegalStateException("the executor takes no task, there is no way back", e);
      }
      change.apply();
      return change;
    }
  }

  /** Returns false if it was not changed. */
  boolean giveBack(String name) {
    ChangedLogger change;
    synchronized (lock) {
      change = changed.remove(name);
      if (change == null) {
        return false;
      }
      change.giveBack();
      if (changed.isEmpty()) {
        cancel();
      }
    }
    givenBack.accept(change);
    return true;
  }

  List<LevelChange> shown() {
    synchronized (lock) {
      return changed.values().stream()
          .filter(ChangedLogger::isInForce)
          .map(ChangedLogger::shown)
          .toList();
    }
  }

  void close() {
    List<ChangedLogger> all;
    synchronized (lock) {
      closed = true;
      all = removeAll();
      cancel();
    }
    all.forEach(givenBack);
  }

  private void giveBackWhatIsDue() {
    List<ChangedLogger> due = new ArrayList<>();
    synchronized (lock) {
      long now = time.nanoTime();
      for (ChangedLogger change : List.copyOf(changed.values())) {
        if (change.nanosLeft(now) == 0) {
          changed.remove(change.name());
          change.giveBack();
          due.add(change);
        }
      }
      try {
        arrangeWayBack();
      } catch (RejectedExecutionException shutDown) {
        // The host has shut its executor down. Better early than never.
        due.addAll(removeAll());
      }
    }
    due.forEach(givenBack);
  }

  private List<ChangedLogger> removeAll() {
    List<ChangedLogger> all = List.copyOf(changed.values());
    changed.clear();
    all.forEach(ChangedLogger::giveBack);
    return all;
  }

  private void cancel() {
    if (wayBack != null) {
      wayBack.cancel(false);
      wayBack = null;
    }
  }

  private void arrangeWayBack() {
    long now = time.nanoTime();
    long soonest = Long.MAX_VALUE;
    for (ChangedLogger change : changed.values()) {
      soonest = Math.min(soonest, change.nanosLeft(now));
    }
    Future<?> before = wayBack;
    wayBack =
        changed.isEmpty()
            ? null
            : executor.schedule(this::giveBackWhatIsDue, soonest, TimeUnit.NANOSECONDS);
    if (before != null) {
      before.cancel(false);
    }
  }
}
