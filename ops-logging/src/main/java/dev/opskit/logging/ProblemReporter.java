package dev.opskit.logging;

import ch.qos.logback.core.status.OnErrorConsoleStatusListener;
import ch.qos.logback.core.status.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names what is wrong with the logging itself, for example a folder that cannot be written, on
 * standard error: each warning or error once, in one line. Standard output is left to the log.
 *
 * <p>Added to a logger context by {@code <statusListener>} or by {@code defaults.xml}. Thread-safe.
 */
public final class ProblemReporter extends OnErrorConsoleStatusListener {
  private static final int MAX_PROBLEMS = 100;

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /** A listener to add to a logger context. */
  public ProblemReporter() {
    setRetrospective(0);
  }

  @Override
  public void addStatusEvent(Status status) {
    String problem = status.getMessage();
    if (status.getLevel() >= Status.WARN
        && reported.size() < MAX_PROBLEMS
        && reported.add(problem)) {
      Throwable cause = status.getThrowable();
      getPrintStream().println("logging: " + problem + (cause == null ? "" : " " + cause));
    }
  }
}
