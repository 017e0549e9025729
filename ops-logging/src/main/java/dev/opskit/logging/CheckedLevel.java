package dev.opskit.logging;

import ch.qos.logback.core.PropertyDefinerBase;

/**
 * Checks a level that comes from the environment, where logback itself would take an unknown one
 * for DEBUG. Used as {@code <define>} by {@code defaults.xml}. Confined to the thread that
 * configures logback.
 *
 * <p>An unknown level is reported as a warning of logback's, and the default is used.
 */
public final class CheckedLevel extends PropertyDefinerBase {
  private String setting = "level";
  private String value = "";
  private String otherwise = "INFO";

  /** A definer that has yet to be told what to check. */
  public CheckedLevel() {}

  /**
   * Names the setting in a warning.
   *
   * @param setting for example {@code LOG_LEVEL}
   */
  public void setSetting(String setting) {
    this.setting = setting;
  }

  /**
   * What was set.
   *
   * @param value the name of a level in any case; blank for the default
   */
  public void setValue(String value) {
    this.value = value;
  }

  /**
   * What is used if nothing, or nothing that is a level, was set.
   *
   * @param otherwise the name of a level, INFO by default
   */
  public void setOtherwise(String otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public String getPropertyValue() {
    if (value.isBlank()) {
      return otherwise;
    }
    if (LevelName.find(value) == null) {
      addWarn(LevelName.complaint(setting, value) + "; using " + otherwise);
      return otherwise;
    }
    return value.trim();
  }
}
