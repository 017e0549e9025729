package dev.opskit.health;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a drain when the JVM shuts down. */
final class ShutdownDrain {
  private static final Logger logger = LoggerFactory.getLogger(ShutdownDrain.class);

  private ShutdownDrain() {}

  static void install(Drain drain, Duration balancer, Duration limit, AutoCloseable... stop) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> run(drain, balancer, limit, stop), "ops-drain"));
    AtomicBoolean first = new AtomicBoolean(true);
    for (String signal : new String[] {"TERM", "INT"}) {
      secondSignalMeansNow(signal, first, drain);
    }
  }

  static void run(Drain drain, Duration balancer, Duration limit, AutoCloseable... stop) {
    try {
      if (!drain.await(balancer, limit)) {
        logger.warn("{} requests were still being handled at the end", drain.inFlight());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (AutoCloseable part : stop) {
      try {
        part.close();
      } catch (Throwable t) {
        // An Error too, such as of a class that is gone by now: the other parts are still to stop.
        logger.warn("a part of the service could not be stopped", t);
      }
    }
  }

  /**
   * By reflection: signals have no supported API, and a JVM may go without. The first signal goes
   * on to the JVM's own handler, which runs the hooks; that one ignores every other, of either
   * kind.
   */
  private static void secondSignalMeansNow(String name, AtomicBoolean first, Drain drain) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object[] previous = new Object[1];
      InvocationHandler handler =
          (proxy, method, arguments) -> {
            if (!method.getName().equals("handle")) {
              return method.getName().equals("equals") ? proxy == arguments[0] : method.hashCode();
            }
            if (first.compareAndSet(true, false)) {
              return handlerType.getMethod("handle", signalType).invoke(previous[0], arguments);
            }
            drain.now();
            return null;
          };
      Object ours =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(), new Class<?>[] {handlerType}, handler);
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      previous[0] =
          signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, ours);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      logger.debug("a second SIG{} will not end the drain early", name, e);
    }
  }
}
