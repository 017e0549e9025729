package dev.opskit.core.http;

/**
 * The whole behaviour of one operational endpoint, without a server: {@code /health}, {@code
 * /metrics}. Features implement it, server adapters call it.
 *
 * <p>Called on a server thread, concurrently, as often as anybody asks; it is thread-safe and
 * returns within milliseconds.
 */
@FunctionalInterface
public interface OpsEndpoint {

  /**
   * Answers one request.
   *
   * @param request the request; its path is one that the endpoint is mounted at
   * @return the response, never null
   * @throws Exception answered with 500 and without details by {@link OpsRoutes}; an {@link
   *     IllegalArgumentException} with 400
   */
  OpsResponse handle(OpsRequest request) throws Exception;
}
