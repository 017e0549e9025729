package dev.opskit.core.http;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its observers. For authors of server adapters: it guards the observers and sees
 * to it that each is told of the end exactly once. Thread-safe.
 */
public final class RequestObservation {
  private static final Logger logger = LoggerFactory.getLogger(RequestObservation.class);

  private final List<RequestObserver> observers;
  private final RequestInfo request;
  private final TimeSource time;
  private final long startNanos;
  private final AtomicBoolean ended = new AtomicBoolean();

  private RequestObservation(
      List<RequestObserver> observers, RequestInfo request, TimeSource time) {
    this.observers = observers;
    this.request = request;
    this.time = time;
    this.startNanos = time.nanoTime();
  }

  /**
   * Tells the observers that a request begins.
   *
   * @param observers whom to tell, in this order; at the end in the same order
   * @param request what is known of it
   * @param time measures its duration
   * @return call {@link #end} on it
   */
  public static RequestObservation begin(
      List<RequestObserver> observers, RequestInfo request, TimeSource time) {
    RequestObservation observation = new RequestObservation(observers, request, time);
    for (RequestObserver observer : observers) {
      try {
        observer.started(request);
      } catch (Throwable t) {
        warn(observer, t);
      }
    }
    return observation;
  }

  /**
   * Tells the observers that the request has ended. Only the first call has an effect.
   *
   * @param route the template that matched, null if none did
   * @param status the status that was sent
   * @param responseBytes the length of the body, -1 if it is not known
   * @param failure what the handler threw, null if nothing
   */
  public void end(
      @Nullable String route, int status, long responseBytes, @Nullable Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Duration duration = Duration.ofNanos(time.nanoTime() - startNanos);
    RequestOutcome outcome = new RequestOutcome(route, status, duration, responseBytes, failure);
    for (RequestObserver observer : observers) {
      try {
        observer.finished(request, outcome);
      } catch (Throwable t) {
        warn(observer, t);
      }
    }
  }

  private static void warn(RequestObserver observer, Throwable t) {
    logger.warn("the request observer {} threw", observer.getClass().getName(), t);
  }
}
