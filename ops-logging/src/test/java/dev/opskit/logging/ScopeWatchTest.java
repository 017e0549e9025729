package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The MDC mirror and the strict mode. Both are switched on when a process starts, so each test
 * loads the classes of correlation anew.
 */
class ScopeWatchTest {
  private static final String PACKAGE = "dev.opskit.core.correlation.";

  private final Logger logger = (Logger) LoggerFactory.getLogger(PACKAGE + "ScopeWatch");
  private final Heard heard = new Heard();

  @BeforeEach
  void listen() {
    heard.start();
    logger.addAppender(heard);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(heard);
    logger.setAdditive(true);
    MDC.clear();
  }

  @Test
  void theMdcShowsTheIdsWhileAScopeIsOpenAndThenWhatItHadBefore() throws Exception {
    MDC.put("correlationId", "of the host");
    MDC.put("tenant", "acme");
    Correlated correlated = new Correlated("opskit.correlation.mdc");
    try (AutoCloseable outer = correlated.open("outer")) {
      assertEquals("outer", MDC.get("correlationId"));
      assertNotNull(MDC.get("requestId"));
      try (AutoCloseable inner = correlated.open("inner")) {
        assertEquals("inner", MDC.get("correlationId"));
      }
      assertEquals("outer", MDC.get("correlationId"));
      assertEquals("acme", MDC.get("tenant"));
    }
    assertEquals("of the host", MDC.get("correlationId"));
    assertNull(MDC.get("requestId"));
  }

  @Test
  void theMdcGoesWhereATaskGoes() throws Exception {
    Correlated correlated = new Correlated("opskit.correlation.mdc");
    List<String> seen = new CopyOnWriteArrayList<>();
    Runnable task = () -> seen.add(String.valueOf(MDC.get("correlationId")));
    Runnable inside;
    Runnable outside = correlated.wrap(task);
    try (AutoCloseable scope = correlated.open("mine")) {
      inside = correlated.wrap(task);
      outside.run();
    }
    Thread thread =
        new Thread(
            () -> {
              inside.run();
              task.run();
            });
    thread.start();
    thread.join();
    assertEquals(List.of("null", "mine", "null"), seen);
  }

  @Test
  void withoutTheSwitchTheMdcIsLeftAlone() {
    try (CorrelationContext.Scope scope = CorrelationContext.create().open()) {
      assertNull(MDC.get("correlationId"));
    }
  }

  @Test
  void scopesThatAreClosedInOrderAreNotReported() throws Exception {
    Correlated correlated = new Correlated("opskit.correlation.strict");
    try (AutoCloseable outer = correlated.open("outer")) {
      AutoCloseable inner = correlated.open("inner");
      inner.close();
      inner.close();
      correlated.wrap(() -> {}).run();
    }
    assertEquals(List.of(), heard.texts);
  }

  @Test
  void aScopeThatIsClosedBeforeALaterOneIsReported() throws Exception {
    Correlated correlated = new Correlated("opskit.correlation.strict");
    AutoCloseable outer = correlated.open("outer");
    AutoCloseable inner = correlated.open("inner");
    outer.close();
    assertOnly("closed while a later one is open");
    inner.close();
  }

  @Test
  void aScopeThatIsClosedOnAnotherThreadIsReported() throws Exception {
    Correlated correlated = new Correlated("opskit.correlation.strict");
    AutoCloseable scope = correlated.open("mine");
    Thread thread =
        new Thread(
            () -> {
              try {
                scope.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            "another");
    thread.start();
    thread.join();
    assertOnly("closed on another thread, another");
  }

  @Test
  void aScopeThatIsLeftOpenIsReportedWithThePlaceWhereItWasOpened() throws Exception {
    Correlated correlated = new Correlated("opskit.correlation.strict");
    Thread thread = new Thread(() -> correlated.forget("mine"), "forgetful");
    thread.start();
    thread.join();
    long start = TimeSource.system().nanoTime();
    while (heard.texts.isEmpty()) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      if (TimeSource.system().nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
        fail("not reported");
      }
    }
    assertOnly("a correlation scope of thread forgetful was left open");
    assertTrue(heard.stack.contains("forget"), heard.stack);
  }

  private void assertOnly(String what) {
    assertEquals(1, heard.texts.size(), heard.texts.toString());
    assertTrue(heard.texts.get(0).contains(what), heard.texts.toString());
  }

  private static final class Heard extends AppenderBase<ILoggingEvent> {
    final List<String> texts = new CopyOnWriteArrayList<>();
    volatile String stack = "";

    @Override
    protected void append(ILoggingEvent event) {
      StringBuilder frames = new StringBuilder();
      for (var frame : event.getThrowableProxy().getStackTraceElementProxyArray()) {
        frames.append(frame).append('\n');
      }
      stack = frames.toString();
      texts.add(event.getFormattedMessage());
    }
  }

  /** The classes of correlation as a process that was started with a switch has them. */
  private static final class Correlated {
    private final Class<?> contexts;

    Correlated(String property) throws Exception {
      ClassLoader anew = new Anew();
      System.setProperty(property, "true");
      try {
        contexts = Class.forName(PACKAGE + "CorrelationContext", true, anew);
        Class.forName(PACKAGE + "ScopeWatch", true, anew);
      } finally {
        System.clearProperty(property);
      }
    }

    AutoCloseable open(String id) throws ReflectiveOperationException {
      Object context = contexts.getMethod("of", String.class).invoke(null, id);
      return (AutoCloseable) contexts.getMethod("open").invoke(context);
    }

    void forget(String id) {
      try {
        open(id);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    Runnable wrap(Runnable task) throws ReflectiveOperationException {
      Method wrap = contexts.getMethod("wrap", Runnable.class);
      return (Runnable) wrap.invoke(null, task);
    }
  }

  private static final class Anew extends ClassLoader {
    Anew() {
      super(CorrelationContext.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
