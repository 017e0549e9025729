package dev.opskit.backup;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a sign of life from a thread of its own, whatever the work is waiting for. */
final class Pulse implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Logger logger = LoggerFactory.getLogger(Pulse.class);

  private final CountDownLatch over = new CountDownLatch(1);

  private Pulse() {}

  /** The number of the beat, from 1. */
  static Pulse start(IntConsumer beat) {
    Pulse pulse = new Pulse();
    Thread thread = new Thread(() -> pulse.run(beat), "ops-backup-pulse");
    thread.setDaemon(true);
    thread.start();
    return pulse;
  }

  private void run(IntConsumer beat) {
    try {
      for (int number = 1; !over.await(INTERVAL.toSeconds(), TimeUnit.SECONDS); number++) {
        try {
          beat.accept(number);
        } catch (RuntimeException e) {
          logger.warn("a sign of life could not be stored; some may be missed", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
