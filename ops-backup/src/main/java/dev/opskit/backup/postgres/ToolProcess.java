package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupUnavailableException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running tool, owned by the thread that started it. Reading from a pipe cannot be interrupted,
 * so a watcher ends the tool when its owner is interrupted or it gives no sign of life for too
 * long.
 */
final class ToolProcess implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** What a pipe of Linux holds. */
  private static final int PIPE_BYTES = 1 << 16;

  /** By convention a process that was killed by signal n ends with status 128 + n. */
  private static final int KILLED = 128;

  private final ToolCommand command;
  private final Process process;
  private final Thread owner = Thread.currentThread();
  private final StderrTail stderr;
  private final Thread stderrThread;
  private final AtomicReference<@Nullable String> endedBecause = new AtomicReference<>();

  /** Guarded by this. */
  private boolean outlastsInterrupts;

  /** When the owner began to wait for the tool, null while it does something else. */
  private volatile @Nullable Long waitingSince;

  /** How a tool ended. */
  record Ending(int status, String said) {
    boolean wasKilled() {
      return status > KILLED;
    }
  }

  ToolProcess(ToolCommand command, Process process) {
    this.command = command;
    this.process = process;
    this.stderr = new StderrTail(process.getErrorStream());
    this.stderrThread = daemon(stderr);
    daemon(this::watch);
  }

  InputStream stdout() {
    return new FilterInputStream(process.getInputStream()) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = command.time().nanoTime();
        try {
          return super.read(bytes, offset, length);
        } catch (IOException closed) {
          if (endedBecause.get() == null) {
            throw closed;
          }
          // How it ended says more than that it was closed.
          return -1;
        } finally {
          waitingSince = null;
        }
      }
    };
  }

  /** Hands all that the tool writes on, a whole pipe at a time. */
  void copyTo(OutputStream to) throws IOException {
    InputStream from = stdout();
    byte[] buffer = new byte[PIPE_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
    }
  }

  /** That the tool takes no more shows in how it ends. */
  void write(byte[] bytes) {
    try {
      OutputStream stdin = process.getOutputStream();
      stdin.write(bytes);
      stdin.flush();
    } catch (IOException takesNoMore) {
      // Whoever reads its answer finds none.
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** From now on the tool goes on when its owner is interrupted, unless it was ended before. */
  synchronized void outlastInterrupts() {
    outlastsInterrupts = true;
  }

  /** Gives the tool all that it takes; that it stops taking shows in how it ends. */
  void feed(InputStream from) throws IOException {
    if (pass(from)) {
      closeStdin();
    }
  }

  /** Without an end, so that more can follow; false if the tool takes no more. */
  boolean pass(InputStream from) throws IOException {
    OutputStream stdin = process.getOutputStream();
    byte[] buffer = new byte[PIPE_BYTES];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      try {
        stdin.write(buffer, 0, count);
      } catch (IOException takesNoMore) {
        return false;
      }
    }
    return true;
  }

  /** Waits for the end, whatever it is. */
  Ending await() throws InterruptedException {
    closeStdin();
    waitingSince = command.time().nanoTime();
    int status = process.waitFor();
    waitingSince = null;
    stderrThread.join(LAST_WORDS.toMillis());
    if (Thread.interrupted()) {
      throw new InterruptedException(command.name() + " was cancelled");
    }
    String reason = endedBecause.get();
    if (reason != null) {
      throw new BackupUnavailableException(reason);
    }
    return new Ending(status, command.masked(stderr.text()));
  }

  /** Waits for the end and gives back the tool's warnings. */
  String awaitSuccess() throws InterruptedException {
    Ending ending = await();
    // A tool that reports an error and a status of 0 all the same is not believed.
    if (ending.status() != 0 || ending.said().contains("error:")) {
      throw new BackupUnavailableException(describe(ending));
    }
    return ending.said();
  }

  String describe(Ending ending) {
    return "%s ended with status %d: %s".formatted(command.name(), ending.status(), ending.said());
  }

  /** Ends the tool if it still runs. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    closeStdin();
  }

  private void watch() {
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        endIfInterrupted();
        if (isStalled()) {
          end(command.name() + " gave no sign of life for " + command.patience());
        }
      }
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void endIfInterrupted() {
    if (owner.isInterrupted() && !outlastsInterrupts) {
      end(command.name() + " was ended, as the thread was interrupted");
    }
  }

  private boolean isStalled() {
    Long since = waitingSince;
    Duration patience = command.patience();
    return since != null
        && patience != null
        && command.time().nanoTime() - since > patience.toNanos();
  }

  /** Ends it, and lets its owner know why. */
  void end(String reason) {
    endedBecause.compareAndSet(null, reason);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void closeStdin() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // Nobody reads any more: how the tool ended says why.
    }
  }

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "ops-backup-" + command.name());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
