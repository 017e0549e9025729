package dev.opskit.core.correlation;

import dev.opskit.core.correlation.CorrelationContext.Scope;
import java.lang.ref.Cleaner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What is done for a scope beyond changing the current context. Both are off unless a system
 * property switches them on when the process starts, and then cost nothing.
 *
 * <p>{@code -Dopskit.correlation.mdc=true} shows the ids in the MDC as {@code correlationId} and
 * {@code requestId}, for layouts of others, and puts back what was there when the scope is closed.
 *
 * <p>{@code -Dopskit.correlation.strict=true} reports, as an error with the place of opening, each
 * scope that is left open, closed on another thread, or closed while one that was opened after it
 * is still open. For tests: every opening takes a stack trace.
 */
final class ScopeWatch {
  static final String MDC_ID = "correlationId";
  static final String MDC_REQUEST_ID = "requestId";

  private static final Logger logger = LoggerFactory.getLogger(ScopeWatch.class);
  private static final boolean MIRRORS = Boolean.getBoolean("opskit.correlation.mdc");
  private static final boolean IS_STRICT = Boolean.getBoolean("opskit.correlation.strict");
  static final boolean IS_NEEDED = MIRRORS || IS_STRICT;

  private final @Nullable CorrelationContext opened;
  private final Thread thread = Thread.currentThread();
  private @Nullable String mdcId;
  private @Nullable String mdcRequestId;
  private Cleaner.@Nullable Cleanable unclosed;
  private @Nullable Opening opening;

  private ScopeWatch(@Nullable CorrelationContext opened) {
    this.opened = opened;
  }

  static ScopeWatch opened(Scope scope, @Nullable CorrelationContext context) {
    ScopeWatch watch = new ScopeWatch(context);
    if (MIRRORS) {
      watch.mdcId = MDC.get(MDC_ID);
      watch.mdcRequestId = MDC.get(MDC_REQUEST_ID);
      show(MDC_ID, context == null ? null : context.id());
      show(MDC_REQUEST_ID, context == null ? null : context.requestId());
    }
    if (IS_STRICT) {
      Opening opening = new Opening(watch.thread.getName());
      watch.opening = opening;
      watch.unclosed = Unclosed.CLEANER.register(scope, opening);
    }
    return watch;
  }

  void closing() {
    if (MIRRORS) {
      show(MDC_ID, mdcId);
      show(MDC_REQUEST_ID, mdcRequestId);
    }
    if (IS_STRICT) {
      Opening place = Objects.requireNonNull(opening);
      place.isClosed = true;
      Objects.requireNonNull(unclosed).clean();
      if (Thread.currentThread() != thread) {
        place.report("closed on another thread, " + Thread.currentThread().getName());
      } else if (CorrelationContext.current() != opened) {
        place.report("closed while a later one is open");
      }
    }
  }

  private static void show(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }

  /** Must not know the scope, which could never be found to be left open then. */
  private static final class Opening implements Runnable {
    private final Throwable place = new Throwable("opened here");
    private final String threadName;
    private volatile boolean isClosed;

    Opening(String threadName) {
      this.threadName = threadName;
    }

    @Override
    public void run() {
      if (!isClosed) {
        report("left open");
      }
    }

    void report(String what) {
      logger.error("a correlation scope of thread {} was {}", threadName, what, place);
    }
  }

  /** Its thread is started by the first use only. */
  private static final class Unclosed {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
