package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes levels of loggers while the process runs, always with a way back: after the duration each
 * logger gets the level that it had before the first change. If somebody else changed it in the
 * meantime, a reconfiguration for example, that stays.
 *
 * <p>Each change and each way back is one line in the log. Thread-safe; whoever builds it closes
 * it.
 */
public final class LogLevels implements AutoCloseable {
  /** How long a change lasts if nothing is said. */
  public static final Duration DEFAULT_DURATION = Duration.ofMinutes(15);

  /** How long a change may last at most. */
  public static final Duration MAX_DURATION = Duration.ofHours(24);

  private static final Duration MIN_DURATION = Duration.ofSeconds(1);
  private static final Logger logger = LoggerFactory.getLogger(LogLevels.class);

  private final LoggerContext context;
  private final TimeSource time;
  private final @Nullable ScheduledExecutorService own;
  private final LevelChanges changes;

  private LogLevels(Builder builder) {
    context = builder.context == null ? OpsLogging.boundContext() : builder.context;
    time = builder.time;
    ScheduledExecutorService executor = builder.executor == null ? ownExecutor() : builder.executor;
    own = builder.executor == null ? executor : null;
    changes = new LevelChanges(executor, time, LogLevels::tell);
  }

  /**
   * Levels of the logback that slf4j is bound to, on the system's clock and a thread of their own.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Has no thread while nothing is changed. */
  private static ScheduledExecutorService ownExecutor() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "ops-log-levels");
              thread.setDaemon(true);
              return thread;
            });
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /**
   * Changes a level for {@link #DEFAULT_DURATION}.
   *
   * @param name as in {@link #set(String, String, Duration)}
   * @param level as there
   * @return what is in force now
   */
  public LevelChange set(String name, String level) {
    return set(name, level, DEFAULT_DURATION);
  }

  /**
   * Changes a level for a while. A further change of the same logger takes the place of the one
   * before and keeps its way back.
   *
   * @param name of a logger that has been used, or of a package of one; {@code ROOT} for the root
   * @param level TRACE, DEBUG, INFO, WARN, ERROR or OFF, in any case
   * @param duration one second to {@link #MAX_DURATION}
   * @return what is in force now
   * @throws IllegalArgumentException if there is no such logger or level, or the duration is out of
   *     its range; the message says so. Nothing is changed then
   * @throws IllegalStateException if this is closed, or the executor takes no task any more, so
   *     that there would be no way back. Nothing is changed then
   */
  public LevelChange set(String name, String level, Duration duration) {
    Level wanted = LevelName.require("level", level);
    if (duration.compareTo(MIN_DURATION) < 0 || duration.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException(
          "duration is " + duration + ", must be " + MIN_DURATION + " to " + MAX_DURATION);
    }
    ch.qos.logback.classic.Logger target = find(name);
    if (target == null) {
      throw new IllegalArgumentException("logger is '" + name + "', but no such logger is in use");
    }
    ChangedLogger change =
        changes.add(
            new ChangedLogger(
                target,
                wanted,
                null,
                time.now().plus(duration).truncatedTo(ChronoUnit.MILLIS),
                time.nanoTime() + duration.toNanos()));
    logger.info("{} is at level {} until {}", target.getName(), wanted, change.until());
    return change.shown();
  }

  /**
   * Gives a logger its level back at once.
   *
   * @param name as in {@link #set(String, String, Duration)}
   * @return false if it was not changed
   */
  public boolean giveBack(String name) {
    ch.qos.logback.classic.Logger target = find(name);
    return target != null && changes.giveBack(target.getName());
  }

  /**
   * What is changed at present.
   *
   * @return by name of the logger
   */
  public List<LevelChange> changes() {
    return changes.shown();
  }

  /** Gives every logger its level back and ends the thread, if it is an own one. Idempotent. */
  @Override
  public void close() {
    changes.close();
    if (own != null) {
      own.shutdown();
    }
  }

  LoggerContext context() {
    return context;
  }

  /** The logger of that name, or null if there is none: a misspelt name must not make one. */
  ch.qos.logback.classic.@Nullable Logger find(String name) {
    return name.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME)
        ? context.getLogger(Logger.ROOT_LOGGER_NAME)
        : context.exists(name);
  }

  private static void tell(ChangedLogger change) {
    logger.info("{} is at its own level again", change.name());
  }

  /** Options of {@link LogLevels}. Confined to one thread. */
  public static final class Builder {
    private @Nullable LoggerContext context;
    private @Nullable ScheduledExecutorService executor;
    private TimeSource time = TimeSource.system();

    private Builder() {}

    /**
     * Whose loggers.
     *
     * @param context default the logback that slf4j is bound to
     * @return this
     */
    public Builder context(LoggerContext context) {
      this.context = Objects.requireNonNull(context, "context");
      return this;
    }

    /**
     * What runs the ways back; they take microseconds and block only if the log does.
     *
     * @param executor stays the caller's; default a daemon thread that exists while something is
     *     changed
     * @return this
     */
    public Builder executor(ScheduledExecutorService executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * The clock.
     *
     * @param time default {@link TimeSource#system()}
     * @return this
     */
    public Builder time(TimeSource time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Levels that can be changed.
     *
     * @return nothing is changed yet
     * @throws IllegalStateException if slf4j is bound to something else than logback and no context
     *     was given
     */
    public LogLevels build() {
      return new LogLevels(this);
    }
  }
}
