package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.LifeCycle;
import java.util.Map;

/**
 * Sets the levels of single loggers from one setting of the environment when logback is configured,
 * and again when it has started: whatever the configuration says of them. Used as {@code
 * <contextListener>} by {@code defaults.xml}. Thread-safe once started.
 *
 * <p>An entry that is wrong is reported as a warning of logback's, and the others are set.
 */
public final class LoggerLevels extends ContextAwareBase
    implements LoggerContextListener, LifeCycle {
  private String setting = "levels";
  private String levels = "";
  private volatile Map<String, Level> wanted = Map.of();
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
    wanted = LevelList.parse(setting, levels, this::addWarn);
    apply((LoggerContext) getContext());
    started = true;
  }

  private void apply(LoggerContext context) {
    wanted.forEach((name, level) -> context.getLogger(name).setLevel(level));
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

  /** Behind all of the configuration, so that the environment has the last word. */
  @Override
  public void onStart(LoggerContext context) {
    apply(context);
  }

  @Override
  public void onReset(LoggerContext context) {}

  @Override
  public void onStop(LoggerContext context) {}

  @Override
  public void onLevelChange(Logger logger, Level level) {}
}
