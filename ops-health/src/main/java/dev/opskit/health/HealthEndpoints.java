package dev.opskit.health;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The probes over HTTP: {@code /health} (liveness), {@code /ready}, {@code /startup} and {@code
 * /status} (everything). 200 for yes, 503 for no, a JSON body that says why.
 *
 * <p>Answers are made beforehand and never wait for a check, unless one was registered as on
 * demand. Their {@code timestamp} tells when they were made, at most a second ago; the ages in them
 * are as of then. While the service is drained or in maintenance, {@code /ready} and {@code
 * /status} are 503 with that cause. {@code Retry-After} tells the seconds until a maintenance
 * window ends, or 1 while checks have yet to run for the first time.
 *
 * <p>Everybody who can reach the port sees names, statuses, causes and times. Messages,
 * measurements and the frame in which a hung check stands are for callers that the host authorises;
 * known secrets are masked in them, texts cut at {@value Shown#MAX_CHARS} characters and details at
 * {@value Shown#MAX_DETAILS}.
 */
public final class HealthEndpoints {
  private HealthEndpoints() {}

  /**
   * The endpoints of a service that show details to nobody.
   *
   * @param health what they read; stays the caller's to close
   * @return four routes, to be mounted by a server adapter
   */
  public static OpsRoutes of(Health health) {
    return of(health, request -> false);
  }

  /**
   * The endpoints of a service.
   *
   * @param health what they read; stays the caller's to close
   * @param maySeeDetails asked at each request, so it must not block; behind a proxy on the same
   *     machine every caller has a loopback address
   * @return four routes, to be mounted by a server adapter
   */
  public static OpsRoutes of(Health health, Predicate<? super OpsRequest> maySeeDetails) {
    Objects.requireNonNull(maySeeDetails, "maySeeDetails");
    OpsRoutes routes = OpsRoutes.of(Page.HEALTH.path(), page(health, Page.HEALTH, maySeeDetails));
    for (Page page : new Page[] {Page.READY, Page.STARTUP, Page.STATUS}) {
      routes = routes.and(page.path(), page(health, page, maySeeDetails));
    }
    return routes;
  }

  private static OpsEndpoint page(
      Health health, Page page, Predicate<? super OpsRequest> maySeeDetails) {
    return request ->
        request.method().equals("GET") || request.method().equals("HEAD")
            ? health.answer(page, maySeeDetails.test(request))
            : OpsResponse.methodNotAllowed("GET, HEAD");
  }
}
