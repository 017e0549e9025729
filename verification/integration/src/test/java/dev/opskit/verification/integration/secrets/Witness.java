package dev.opskit.verification.integration.secrets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.slf4j.LoggerFactory;

/** Sees all that a process shows of itself, and counts in which of it a canary is. */
final class Witness extends AppenderBase<ILoggingEvent> {
  private static final String NOT_MASKED = Logger.ROOT_LOGGER_NAME;

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final List<String> hits = new ArrayList<>();
  private final Set<String> loggers = new TreeSet<>();
  private final Map<String, Integer> cases = new LinkedHashMap<>();

  /** From now on every logger logs all that it has to say, to this one alone and unmasked. */
  static Witness ofTheLog() {
    Witness witness = new Witness();
    Logger root = (Logger) LoggerFactory.getLogger(NOT_MASKED);
    for (Logger logger : root.getLoggerContext().getLoggerList()) {
      logger.setLevel(logger == root ? Level.TRACE : null);
    }
    root.detachAndStopAllAppenders();
    witness.setContext(root.getLoggerContext());
    witness.start();
    root.addAppender(witness);
    return witness;
  }

  /** The log of the tests that follow in this process is that of logback-test.xml again. */
  static void giveBackTheLog() throws JoranException {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Override
  protected void append(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    logged.add(
        event.getLoggerName()
            + ' '
            + event.getThreadName()
            + ' '
            + event.getFormattedMessage()
            + ' '
            + event.getKeyValuePairs()
            + ' '
            + event.getMDCPropertyMap()
            + ' '
            + trace);
  }

  synchronized void sees(Canary canary, String where, String text) {
    cases.merge(where, 1, Integer::sum);
    if (canary.isIn(text)) {
      hits.add(where + ": " + text);
    }
  }

  void sees(Canary canary, String where, Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    sees(canary, where, trace.toString());
  }

  /** What was logged since, each line a case. */
  void seesTheLog(Canary canary) {
    for (String line = logged.poll(); line != null; line = logged.poll()) {
      loggers.add(line.substring(0, line.indexOf(' ')));
      sees(canary, "log", line);
    }
  }

  void seesTheProcess(Canary canary) throws JMException {
    Thread.getAllStackTraces().keySet().forEach(one -> sees(canary, "thread", one.getName()));
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(null, null)) {
      sees(canary, "jmx", name.toString());
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        if (attribute.isReadable()) {
          try {
            sees(canary, "jmx", String.valueOf(server.getAttribute(name, attribute.getName())));
          } catch (JMException | RuntimeMBeanException notSupported) {
            sees(canary, "jmx", String.valueOf(notSupported.getMessage()));
          }
        }
      }
    }
  }

  List<String> hits() {
    return hits;
  }

  Map<String, Integer> cases() {
    return cases;
  }

  /** Whose lines those of the log were. */
  Set<String> loggers() {
    return loggers;
  }

  int count() {
    return cases.values().stream().mapToInt(Integer::intValue).sum();
  }
}
