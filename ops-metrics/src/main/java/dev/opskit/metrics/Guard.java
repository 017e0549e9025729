package dev.opskit.metrics;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads something of the host's that may throw, and logs once each time that it begins to. */
final class Guard {
  private static final Logger logger = LoggerFactory.getLogger(Guard.class);

  private final String what;
  private final AtomicBoolean failing = new AtomicBoolean();

  Guard(String what) {
    this.what = what;
  }

  <T> T read(Supplier<T> reading, Supplier<T> otherwise) {
    try {
      T value = reading.get();
      failing.set(false);
      return value;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      if (failing.compareAndSet(false, true)) {
        logger.warn("the metrics of {} cannot be read and are left out of the page", what, e);
      }
      return otherwise.get();
    }
  }
}
