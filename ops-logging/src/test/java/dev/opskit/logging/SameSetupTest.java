package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameSetupTest {
  private static final String XML =
      "<configuration><include resource='dev/opskit/logging/defaults.xml'/></configuration>";

  @TempDir private Path folder;

  @Test
  void theBuilderMakesWhatDefaultsXmlMakes() throws Exception {
    LoggerContext fromXml = new LoggerContext();
    fromXml.putProperty("LOG_FOLDER", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(fromXml);
    configurator.doConfigure(new ByteArrayInputStream(XML.getBytes(StandardCharsets.UTF_8)));
    Map<String, String> wanted = describe(fromXml);
    fromXml.stop();

    LoggerContext fromJava = new LoggerContext();
    try (OpsLogging logging = OpsLogging.builder().context(fromJava).folder(folder).start()) {
      assertEquals(wanted, describe(fromJava));
    }
    assertEquals("50 MB", wanted.get("error.maxFileSize"), "settings are compared");
  }

  private static Map<String, String> describe(LoggerContext context) throws Exception {
    Map<String, String> found = new TreeMap<>();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    found.put("level", root.getLevel().toString());
    context.getTurboFilterList().forEach(one -> found.put("filter", one.getClass().getName()));
    context
        .getStatusManager()
        .getCopyOfStatusListenerList()
        .forEach(one -> found.put("listener", one.getClass().getName()));
    for (String name : new String[] {"console", "combined", "error"}) {
      OutputStreamAppender<ILoggingEvent> appender =
          (OutputStreamAppender<ILoggingEvent>) root.getAppender(name);
      found.put(name, appender.getClass().getName() + " " + appender.isStarted());
      found.put(name + ".encoder", appender.getEncoder().getClass().getName());
      found.put(name + ".flush", Boolean.toString(appender.isImmediateFlush()));
      appender
          .getCopyOfAttachedFiltersList()
          .forEach(one -> found.put(name + ".filter", value(one, "level")));
      if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
        found.put(name + ".target", console.getTarget());
      } else if (appender instanceof RollingFileAppender<ILoggingEvent> rolling) {
        TimeBasedRollingPolicy<?> policy = (TimeBasedRollingPolicy<?>) rolling.getRollingPolicy();
        found.put(name + ".file", rolling.getFile());
        found.put(name + ".pattern", policy.getFileNamePattern());
        found.put(name + ".history", Integer.toString(policy.getMaxHistory()));
        found.put(name + ".maxFileSize", value(policy, "maxFileSize"));
        found.put(name + ".totalSizeCap", value(policy, "totalSizeCap"));
        found.put(name + ".append", Boolean.toString(rolling.isAppend()));
      }
    }
    return found;
  }

  /** Logback keeps these to itself. */
  private static String value(Object object, String name) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return String.valueOf(field.get(object));
      } catch (NoSuchFieldException inherited) {
        // Looked for in the next class.
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError(name + " is not in " + object.getClass());
  }
}
