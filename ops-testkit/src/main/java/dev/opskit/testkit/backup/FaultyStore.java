package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to another store, but fails once, at the n-th of its operations, or from
 * then on. Every call of one of the four methods is an operation; the first is number 1. A failure
 * is a {@link BackupUnavailableException}, in the middle of a blob an {@link java.io.IOException}.
 *
 * <p>Thread-safe if the other store is. Nothing to close.
 */
public final class FaultyStore implements BackupStore {
  private final BackupStore store;
  private final FaultPlan plan;
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(1);

  private FaultyStore(BackupStore store, FaultPlan plan) {
    this.store = Objects.requireNonNull(store, "store");
    this.plan = plan;
  }

  /** Where in an operation it fails. */
  public enum Fault {
    /** Before anything has happened. */
    BEFORE,
    /**
     * In the middle: an opened blob breaks off after its first half, a listing gives half a page,
     * which is allowed, so that what dies there dies with the next operation. A put or a deletion
     * has not happened, as a store does them whole or not at all.
     */
    DURING,
    /** After all has happened: only the answer is lost. */
    AFTER,
    /**
     * Before anything has happened, and only once the thread is interrupted or the test releases
     * it.
     */
    HANG
  }

  /**
   * A store that only counts.
   *
   * @param store the other one
   * @return a store without a fault
   */
  public static FaultyStore counting(BackupStore store) {
    return new FaultyStore(store, new FaultPlan(Long.MAX_VALUE, Fault.BEFORE, false));
  }

  /**
   * A store that fails once and works again afterwards.
   *
   * @param store the other one
   * @param operation which operation fails, 1 or more
   * @param fault where in it
   * @return the store
   */
  public static FaultyStore failingOnceAt(BackupStore store, long operation, Fault fault) {
    return new FaultyStore(store, new FaultPlan(operation, fault, false));
  }

  /**
   * A store that fails and from then on does nothing any more, as if the process that uses it had
   * been killed.
   *
   * @param store the other one
   * @param operation the first operation that fails, 1 or more
   * @param fault where in it
   * @return the store
   */
  public static FaultyStore dyingAt(BackupStore store, long operation, Fault fault) {
    return new FaultyStore(store, new FaultPlan(operation, fault, true));
  }

  /**
   * How many operations were begun.
   *
   * @return zero or more
   */
  public long operations() {
    return plan.operations();
  }

  /**
   * Waits until an operation hangs.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void awaitHanging() throws InterruptedException {
    hanging.await();
  }

  /** Lets the operation that hangs fail. */
  public void release() {
    released.countDown();
  }

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    return perform("storing " + key, () -> store.putIfAbsent(key, blob), null);
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    return perform(
        "opening " + key,
        () -> store.open(key),
        whole -> whole.map(in -> (InputStream) new HalfStream(in)));
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    return perform(
        "listing " + prefix,
        () -> store.list(prefix, startAfter),
        whole -> whole.subList(0, whole.size() / 2));
  }

  @Override
  public void delete(BlobKey key) {
    perform(
        "deleting " + key,
        () -> {
          store.delete(key);
          return true;
        },
        null);
  }

  private <T> T perform(String what, Supplier<T> work, @Nullable UnaryOperator<T> middle) {
    Optional<Fault> fault = plan.next();
    if (fault.isEmpty()) {
      return work.get();
    }
    switch (fault.get()) {
      case HANG -> hang();
      case AFTER -> work.get();
      case DURING -> {
        if (middle != null) {
          return middle.apply(work.get());
        }
      }
      case BEFORE -> {}
    }
    throw new BackupUnavailableException(what + " failed, as the test wants it");
  }

  private void hang() {
    hanging.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
