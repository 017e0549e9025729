package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A logger whose level is changed, and its way back. */
record ChangedLogger(
    Logger logger, Level level, @Nullable Level original, Instant until, long dueNanos) {

  String name() {
    return logger.getName();
  }

  /** The same with the level that it is to get back. */
  ChangedLogger from(@Nullable Level other) {
    return new ChangedLogger(logger, level, other, until, dueNanos);
  }

  /** Not if somebody else has changed the level in the meantime, who knows better than we do. */
  boolean isInForce() {
    return level.equals(logger.getLevel());
  }

  long nanosLeft(long now) {
    return Math.max(0, dueNanos - now);
  }

  void apply() {
    logger.setLevel(level);
  }

  void giveBack() {
    if (isInForce()) {
      logger.setLevel(original);
    }
  }

  LevelChange shown() {
    return new LevelChange(
        name(), level.toString(), original == null ? null : original.toString(), until);
  }
}
