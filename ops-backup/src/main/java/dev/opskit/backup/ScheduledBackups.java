package dev.opskit.backup;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups that are taken by themselves. Any number of replicas may run the same schedule over the
 * same store: for each slot there is one backup, whatever their clocks say and whichever of them
 * dies. The replica that takes it gives a sign of life each minute; when there was none for five
 * minutes, another one steps in, and the first can no longer commit.
 *
 * <p>A backup that failed is tried again after 1, 2, 4, … and at most 32 minutes, until the slot's
 * {@linkplain Schedule#catchUp time} is over. One that was taken is verified, then retention is
 * applied if the service has any, orphans are collected, and it is restored on trial if a drill is
 * due. While the backup that the schedule lets one expect is missing, the alert {@code
 * BackupOverdue} is raised; a process that is dead raises nothing, so watch the age of the recovery
 * point from outside, too.
 *
 * <p>Runs on one daemon thread of its own, and a second one while a backup is taken. Thread-safe.
 */
public final class ScheduledBackups implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(ScheduledBackups.class);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final Duration WATCH = Duration.ofMinutes(5);
  private static final Duration END = Duration.ofSeconds(10);

  private final SlotTurn turn;
  private final TimeSource time;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "ops-backup-schedule");
  private @Nullable String trouble;

  private ScheduledBackups(SlotTurn turn, TimeSource time) {
    this.turn = turn;
    this.time = time;
  }

  static ScheduledBackups start(SlotTurn turn, TimeSource time) {
    ScheduledBackups scheduled = new ScheduledBackups(turn, time);
    scheduled.thread.setDaemon(true);
    scheduled.thread.start();
    return scheduled;
  }

  static Optional<BackupRecord> once(SlotTurn turn) {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (turn.turn() == SlotTurn.State.WAITING) {
        never.await(LOOK.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupUnavailableException("the thread was interrupted while it waited", e);
    }
    return turn.made();
  }

  private void run() {
    try {
      for (long watch = time.nanoTime(); closed.getCount() > 0; ) {
        attempt(turn::turn);
        if (time.nanoTime() - watch >= 0) {
          attempt(turn::prove);
          attempt(turn::watch);
          watch = time.nanoTime() + WATCH.toNanos();
        }
        closed.await(LOOK.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      logger.debug("closed", e);
    }
  }

  /** What is wrong is said once and not with each look. */
  private void attempt(Runnable work) {
    try {
      work.run();
      trouble = null;
    } catch (RuntimeException e) {
      if (!e.toString().equals(trouble)) {
        logger.warn("scheduled backups go on after a failure", e);
      }
      trouble = e.toString();
    }
  }

  /**
   * Ends the schedule. A backup that is being taken is cancelled, so that another replica, or the
   * next process, takes it. Waits for at most 10 s. Idempotent.
   */
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
