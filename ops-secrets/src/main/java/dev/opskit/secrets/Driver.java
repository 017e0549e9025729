package dev.opskit.secrets;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks what is due: every quarter of a second, so that it needs no clock, and at
 * once when it is kicked. It never calls a provider.
 */
final class Driver {
  private static final Logger logger = LoggerFactory.getLogger(Driver.class);
  private static final Duration PACE = Duration.ofMillis(250);

  private final Semaphore kicks = new Semaphore(0);
  private final Runnable tick;
  private volatile boolean stopped;
  private boolean broken;

  Driver(Runnable tick) {
    this.tick = tick;
  }

  void start() {
    Thread thread = new Thread(this::run, "ops-secrets");
    thread.setDaemon(true);
    thread.start();
  }

  void kick() {
    kicks.release();
  }

  void stop() {
    stopped = true;
    kick();
  }

  private void run() {
    while (!stopped) {
      try {
        tick.run();
        broken = false;
      } catch (Throwable t) {
        if (!broken) {
          logger.error("looking after the secrets failed; it goes on", t);
        }
        broken = true;
      }
      pause();
    }
  }

  private void pause() {
    try {
      if (kicks.tryAcquire(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
        kicks.drainPermits();
      }
    } catch (InterruptedException e) {
      // Nobody but this class has the thread, so nobody means it.
      logger.debug("interrupted, and goes on");
    }
  }
}
