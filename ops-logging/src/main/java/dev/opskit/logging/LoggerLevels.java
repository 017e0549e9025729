package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.LifeCycle;

/**
 * Sets the levels of single loggers from one setting of the environment, once, when logback is
 * configured. Used as {@code <contextListener>} by {@code defaults.xml}. Thread-safe once started.
 *
 * <p>An entry that is wrong is reported as a warning of logback's, and the others are set.
 */
public final class LoggerLevels extends ContextAwareBase
    implements LoggerContextListener, LifeCycle {
  private String setting = "levels";
  private String levels = "";
  private volatile boolean started;

  /** A listener that has yet to be told the levels. */
  public LoggerLevels() {}

  /**
   * Names the setting in a warning.
   *
   * @param setting for example {@code LOG_LEVELS}
   */
  public void setSetting(String setting) {
    this.setting = setting;
  }

  /**
   * Which levels.
   *
   * @param levels like {@code org.hibernate=WARN,com.example=DEBUG}; blank for none
   */
  public void setLevels(String levels) {
    this.levels = levels;
  }

  @Override
  public void start() {
    LoggerContext loggers = (LoggerContext) getContext();
    LevelList.parse(setting, levels, this::addWarn)
        .forEach((name, level) -> loggers.getLogger(name).setLevel(level));
    started = true;
  }

  @Override
  public void stop() {
    started = false;
  }

  @Override
  public boolean isStarted() {
    return started;
  }

  @Override
  public boolean isResetResistant() {
    return false;
  }

  @Override
  public void onStart(LoggerContext context) {}

  @Override
  public void onReset(LoggerContext context) {}

  @Override
  public void onStop(LoggerContext context) {}

  @Override
  public void onLevelChange(Logger logger, Level level) {}
}
