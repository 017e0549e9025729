package dev.opskit.health;

import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the service out of traffic before it stops, so that no request is lost: the readiness probe
 * says no at once while liveness still says yes, the load balancer gets time to notice, and the
 * requests that are being handled come to their end. For good: there is no way back. Thread-safe.
 *
 * <pre>{@code
 * server.createContext("/orders", handler).getFilters()
 *     .add(JdkRequestFilter.of(routes, health.drain().requests()));
 * health.drain().onShutdown(Duration.ofSeconds(10), service::close);
 * }</pre>
 */
public final class Drain {
  /** How long {@link #onShutdown} waits for requests: below the 30 s that Kubernetes gives. */
  static final Duration REQUEST_LIMIT = Duration.ofSeconds(15);

  private static final long PAUSE_MILLIS = 10;

  private final TimeSource time;
  private final Runnable onBegin;
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final Object changed = new Object();
  private volatile boolean now;

  Drain(TimeSource time, Runnable onBegin) {
    this.time = time;
    this.onBegin = onBegin;
  }

  /** From here on the readiness probe says no, with cause {@code DRAINING}. Idempotent. */
  public void begin() {
    if (begun.compareAndSet(false, true)) {
      onBegin.run();
    }
  }

  /**
   * Whether it has begun.
   *
   * @return true for ever after {@link #begin}
   */
  public boolean hasBegun() {
    return begun.get();
  }

  /**
   * Counts the requests that are being handled. Add it to the server's filter; without it, nothing
   * is waited for but the load balancer.
   *
   * @return always for this drain
   */
  public RequestObserver requests() {
    return new InFlight();
  }

  /**
   * How many requests are being handled.
   *
   * @return 0 or more
   */
  public long inFlight() {
    return inFlight.get();
  }

  /**
   * Begins, lets the load balancer notice, and waits for the requests. Returns early after {@link
   * #now()}.
   *
   * @param balancer how long a load balancer may take to notice: the readiness probe's period times
   *     its failure threshold, and the time that the routing takes; 0 or more
   * @param limit how long to wait for requests after that; 0 or more
   * @return whether no request was being handled at the end
   * @throws IllegalArgumentException if a duration is negative
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean await(Duration balancer, Duration limit) throws InterruptedException {
    requireNotNegative("balancer", balancer);
    requireNotNegative("limit", limit);
    long start = time.nanoTime();
    begin();
    long requestsFrom = balancer.toNanos();
    long end = balancer.plus(limit).toNanos();
    synchronized (changed) {
      for (long passed = 0; passed < end && !now; passed = time.nanoTime() - start) {
        if (passed >= requestsFrom && inFlight.get() == 0) {
          break;
        }
        changed.wait(PAUSE_MILLIS);
      }
    }
    return inFlight.get() == 0;
  }

  /** Ends all waiting at once. */
  public void now() {
    begin();
    synchronized (changed) {
      now = true;
      changed.notifyAll();
    }
  }

  /**
   * Drains when the JVM shuts down, as upon SIGTERM: waits for the load balancer, up to 15 seconds
   * for the requests, then runs {@code stop}. A second SIGTERM or SIGINT means {@link #now()}. The
   * JVM runs its shutdown hooks all at once, so what must not happen before the end of the drain,
   * closing the server above all, belongs into {@code stop} and not into a hook of its own.
   *
   * @param balancer as for {@link #await}
   * @param stop what to end when nothing is left to do; what it throws is logged
   * @throws IllegalArgumentException if the duration is negative
   */
  public void onShutdown(Duration balancer, AutoCloseable... stop) {
    requireNotNegative("balancer", balancer);
    ShutdownDrain.install(this, balancer, REQUEST_LIMIT, stop);
  }

  private static void requireNotNegative(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " is " + duration + ", must be 0 or more");
    }
  }

  private final class InFlight implements RequestObserver {
    @Override
    public void started(RequestInfo request) {
      inFlight.incrementAndGet();
    }

    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {
      inFlight.decrementAndGet();
    }
  }
}
