package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.status.WarnStatus;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The appenders of {@code defaults.xml}, made in Java. Confined to one thread. */
final class LogAppenders {
  private final LoggerContext context;
  private final LogSettings settings;
  private final List<Appender<ILoggingEvent>> started = new ArrayList<>();

  private LogAppenders(LoggerContext context, LogSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  /** Those that could be started; logback's status says of the others why not. */
  static List<Appender<ILoggingEvent>> start(LoggerContext context, LogSettings settings) {
    LogAppenders appenders = new LogAppenders(context, settings);
    appenders.console();
    Path folder = settings.folder();
    if (folder != null && appenders.isWritable(folder)) {
      appenders.file("combined", folder, settings.combined(), null);
      appenders.file("error", folder, settings.error(), Level.ERROR);
    }
    return appenders.started;
  }

  /** Asked first, as logback would say it several times for each file. */
  private boolean isWritable(Path folder) {
    String why;
    try {
      Files.createDirectories(folder);
      if (Files.isWritable(folder)) {
        return true;
      }
      why = "";
    } catch (IOException e) {
      why = ": " + e;
    }
    String problem = "the log folder '" + folder + "' cannot be written, there are no log files";
    context.getStatusManager().add(new WarnStatus(problem + why, this));
    return false;
  }

  private void console() {
    if (settings.consoleLevel() == Level.OFF) {
      return;
    }
    ConsoleEncoder encoder = new ConsoleEncoder();
    encoder.setContext(context);
    encoder.setFormat(settings.console().name());
    encoder.setSchema(settings.schema().name());
    encoder.setService(settings.identity().service());
    encoder.setVersion(settings.identity().version());
    encoder.setEnvironment(settings.identity().environment());
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setEncoder(encoder);
    start(appender, "console", settings.consoleLevel());
  }

  private void file(String name, Path folder, RollingLimits limits, @Nullable Level least) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(folder.resolve(name + ".log").toString());
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(folder.resolve(name + ".%d{yyyy-MM-dd}.%i.log.gz").toString());
    policy.setMaxFileSize(new FileSize(limits.maxFileBytes()));
    policy.setMaxHistory(limits.days());
    policy.setTotalSizeCap(new FileSize(limits.totalBytes()));
    policy.start();
    appender.setRollingPolicy(policy);
    appender.setEncoder(json());
    start(appender, name, least);
  }

  private JsonEncoder json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setSchema(settings.schema().name());
    encoder.setService(settings.identity().service());
    encoder.setVersion(settings.identity().version());
    encoder.setEnvironment(settings.identity().environment());
    encoder.start();
    return encoder;
  }

  private void start(
      OutputStreamAppender<ILoggingEvent> appender, String name, @Nullable Level least) {
    appender.setContext(context);
    appender.setName(name);
    if (least != null) {
      ThresholdFilter filter = new ThresholdFilter();
      filter.setContext(context);
      filter.setLevel(least.toString());
      filter.start();
      appender.addFilter(filter);
    }
    appender.start();
    if (appender.isStarted()) {
      started.add(appender);
    }
  }
}
