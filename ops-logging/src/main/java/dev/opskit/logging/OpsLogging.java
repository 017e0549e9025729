package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.status.WarnStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Logging that is set up in Java: what {@code defaults.xml} does, without a logback.xml.
 *
 * <p>Takes the place of the root logger's appenders and level until it is closed; appenders of
 * other loggers are left alone. Problems, for example a folder that cannot be written, are named
 * once on standard error, and logging goes on with what works. Thread-safe; whoever starts it
 * closes it, at the end of the process at the latest. Have one at a time for a logger context, and
 * close in reverse order if you do not.
 */
public final class OpsLogging implements AutoCloseable {
  private final LoggerContext context;
  private final Logger root;
  private final ProblemReporter reporter = new ProblemReporter();
  private final ThrowableGuard guard = new ThrowableGuard();
  private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
  private final Map<String, @Nullable Level> levelsBefore = new HashMap<>();
  private final List<Appender<ILoggingEvent>> appenders;
  private boolean closed;

  OpsLogging(LoggerContext context, LogSettings settings) {
    this.context = context;
    this.root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    reporter.setContext(context);
    reporter.start();
    context.getStatusManager().add(reporter);
    settings.complaints().forEach(this::complain);
    guard.setContext(context);
    guard.start();
    context.addTurboFilter(guard);
    appenders = LogAppenders.start(context, settings);
    Iterator<Appender<ILoggingEvent>> present = root.iteratorForAppenders();
    present.forEachRemaining(before::add);
    // In this order, so that no line is lost in between.
    appenders.forEach(root::addAppender);
    before.forEach(root::detachAppender);
    setLevel(Logger.ROOT_LOGGER_NAME, settings.level());
    settings.levels().forEach(this::setLevel);
  }

  /**
   * Logging with the defaults of {@code defaults.xml}.
   *
   * @return a builder
   */
  public static OpsLoggingBuilder builder() {
    return new OpsLoggingBuilder();
  }

  static LoggerContext boundContext() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      return context;
    }
    throw new IllegalStateException(
        "slf4j is bound to "
            + LoggerFactory.getILoggerFactory().getClass().getName()
            + ", not to logback");
  }

  private void setLevel(String name, Level level) {
    Logger logger = context.getLogger(name);
    levelsBefore.putIfAbsent(name, logger.getLevel());
    logger.setLevel(level);
  }

  private void complain(String complaint) {
    context.getStatusManager().add(new WarnStatus(complaint, this));
  }

  /**
   * Gives the root logger its appenders back and every logger the level it had, and closes the
   * files. If logback was configured anew in between, that configuration stays. Idempotent.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (appenders.stream().anyMatch(root::isAttached)) {
      before.forEach(root::addAppender);
      appenders.forEach(root::detachAppender);
      levelsBefore.forEach((name, level) -> context.getLogger(name).setLevel(level));
    }
    appenders.forEach(Appender::stop);
    context.getTurboFilterList().remove(guard);
    context.getStatusManager().remove(reporter);
  }
}
