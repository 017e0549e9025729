package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupStore;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops some work before, in the middle of and after every operation on its store, each time over a
 * store of its own, and lets a check look at what is left. For stores, strategies and whatever else
 * works on a store:
 *
 * <pre>{@code
 * long points = CrashPoints.over(InMemoryBackupStore::new)
 *     .prepared(store -> backUp(store))
 *     .run(store -> backUp(store), (store, point) -> assertRestorable(store));
 * }</pre>
 *
 * <p>The work must do the same every time, on one thread. Immutable; nothing to close.
 */
public final class CrashPoints {
  private final Places places;
  private final Work preparation;

  private CrashPoints(Places places, Work preparation) {
    this.places = places;
    this.preparation = preparation;
  }

  /** Makes a store over a place in which nothing is. */
  @FunctionalInterface
  public interface Places {
    /**
     * Makes one.
     *
     * @return an empty store
     * @throws Exception if it cannot be made, which ends everything
     */
    BackupStore empty() throws Exception;
  }

  /** Does something with a store. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @param store what to do it with
     * @throws Exception if it failed, as it should when it is stopped
     */
    void on(BackupStore store) throws Exception;
  }

  /** Looks at what is left. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks at it.
     *
     * @param store what the work was stopped on; it works again
     * @param point where it was stopped
     * @throws Exception if what is left is not as it should be
     */
    void on(BackupStore store, Point point) throws Exception;
  }

  /**
   * Where the work was stopped.
   *
   * @param operation in which operation, counted from 1
   * @param fault where in that
   * @param failure how the work ended; empty if it says that it succeeded
   */
  public record Point(long operation, FaultyStore.Fault fault, Optional<Throwable> failure) {
    /** Rejects null. */
    public Point {
      Objects.requireNonNull(fault, "fault");
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * Begins.
   *
   * @param places makes a fresh store for each point
   * @return crash points over empty stores
   */
  public static CrashPoints over(Places places) {
    return new CrashPoints(Objects.requireNonNull(places, "places"), store -> {});
  }

  /**
   * Does something to each store before the work that is stopped.
   *
   * @param preparation what
   * @return crash points over stores that are prepared so
   */
  public CrashPoints prepared(Work preparation) {
    return new CrashPoints(places, Objects.requireNonNull(preparation, "preparation"));
  }

  /**
   * Stops the work at every point there is.
   *
   * @param work what is stopped
   * @param check what looks at what is left
   * @return how many points there were: three for each operation
   * @throws AssertionError if a check fails, naming the point, or if the work fails without a fault
   */
  public long run(Work work, Check check) {
    FaultyStore counted = FaultyStore.counting(prepare());
    Throwable failure = failureOf(work, counted);
    if (failure != null) {
      throw new AssertionError("the work fails even if nothing stops it", failure);
    }
    long points = 0;
    for (long operation = 1; operation <= counted.operations(); operation++) {
      for (FaultyStore.Fault fault : FaultyStore.Fault.values()) {
        if (fault != FaultyStore.Fault.HANG) {
          stop(work, check, operation, fault);
          points++;
        }
      }
    }
    return points;
  }

  private void stop(Work work, Check check, long operation, FaultyStore.Fault fault) {
    BackupStore store = prepare();
    FaultyStore dying = FaultyStore.dyingAt(store, operation, fault);
    Point point = new Point(operation, fault, Optional.ofNullable(failureOf(work, dying)));
    if (dying.operations() < operation) {
      throw new AssertionError("the work did not come to operation " + operation + " this time");
    }
    Throwable complaint = failureOf(left -> check.on(left, point), store);
    if (complaint != null) {
      throw new AssertionError("stopped at " + point + ": " + complaint.getMessage(), complaint);
    }
  }

  private BackupStore prepare() {
    try {
      BackupStore store = places.empty();
      preparation.on(store);
      return store;
    } catch (Exception e) {
      throw new AssertionError("the store could not be prepared", e);
    }
  }

  private static @Nullable Throwable failureOf(Work work, BackupStore store) {
    try {
      work.on(store);
      return null;
    } catch (Throwable t) {
      return t;
    }
  }
}
