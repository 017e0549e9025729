package dev.opskit.backup;

import dev.opskit.core.correlation.CorrelationContext;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunks small, encrypts and stores them on threads of its own, while the strategy goes on
 * writing. There is never more in it than its workers are busy with, so that memory has a bound.
 * After the first failure nothing more is taken. Thread-safe.
 */
final class ChunkPipeline implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  /** Stores one chunk; whatever it throws ends the run. */
  interface Target {
    void store(ChunkPlace place, Blob chunk, int plainBytes);
  }

  private final ChunkFormat format;
  private final Target target;
  private final Semaphore free;
  private final @Nullable ExecutorService threads;
  private final Executor executor;
  private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
  private final Queue<Packer> packers = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * @param workers how many threads; with 0 everything is done on the thread that hands over
   */
  ChunkPipeline(ChunkFormat format, int workers, Target target) {
    this.format = format;
    this.target = target;
    this.free = new Semaphore(Math.max(1, workers));
    this.threads = workers == 0 ? null : Executors.newFixedThreadPool(workers, this::thread);
    this.executor = threads == null ? Runnable::run : CorrelationContext.wrap((Executor) threads);
  }

  /** A buffer that was used before, if there is one. */
  byte @Nullable [] spare() {
    return spare.poll();
  }

  /** Takes the buffer over. Waits until a worker is free. */
  Future<ChunkEntry> hand(ChunkPlace place, byte[] plain, int length) {
    requireNoFailure();
    try {
      free.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    CompletableFuture<ChunkEntry> result = new CompletableFuture<>();
    executor.execute(() -> work(place, plain, length, result));
    return result;
  }

  static ChunkEntry await(Future<ChunkEntry> chunk) {
    try {
      return chunk.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /** Nothing is stored any more once this has returned, if the store lets go within its bounds. */
  @Override
  public void close() {
    if (threads == null) {
      return;
    }
    threads.shutdownNow();
    boolean wasInterrupted = Thread.interrupted();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      wasInterrupted = true;
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void work(
      ChunkPlace place, byte[] plain, int length, CompletableFuture<ChunkEntry> result) {
    try {
      requireNoFailure();
      Packer packer = packers.poll();
      if (packer == null) {
        packer = new Packer(format);
      }
      Blob chunk = packer.pack(place, plain, length);
      target.store(place, chunk, length);
      packers.add(packer);
      if (length == plain.length) {
        spare.add(plain);
      }
      result.complete(new ChunkEntry(length, chunk.sizeBytes(), chunk.sha256()));
    } catch (Throwable t) {
      failure.compareAndSet(null, t);
      result.completeExceptionally(t);
    } finally {
      free.release();
    }
  }

  private void requireNoFailure() {
    Throwable first = failure.get();
    if (first != null) {
      throw rethrown(first);
    }
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "ops-backup-" + format.id());
    thread.setDaemon(true);
    return thread;
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }

  private static BackupUnavailableException interrupted() {
    Thread.currentThread().interrupt();
    return new BackupUnavailableException("the thread was interrupted");
  }
}
