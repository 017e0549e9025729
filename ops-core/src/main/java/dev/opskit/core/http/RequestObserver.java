package dev.opskit.core.http;

/**
 * Watches the requests of a service: metrics count them, the access log writes them down, a drain
 * waits for them.
 *
 * <p>A server adapter calls both methods exactly once for each request, inside the request's
 * correlation scope where its server allows it, on the thread that begins or ends the request. They
 * are called concurrently, must not block, and what they throw is logged and ignored.
 */
public interface RequestObserver {

  /**
   * A request begins; the handler has not run yet.
   *
   * @param request what is known so far
   */
  default void started(RequestInfo request) {}

  /**
   * A request has ended, whatever became of it.
   *
   * @param request the same instance that {@link #started} was given
   * @param outcome how it ended
   */
  void finished(RequestInfo request, RequestOutcome outcome);
}
