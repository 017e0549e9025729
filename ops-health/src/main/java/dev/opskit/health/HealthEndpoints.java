package dev.opskit.health;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The probes over HTTP: {@code /health} (liveness), {@code /ready}, {@code /startup} and {@code
 * /status} (everything). 200 for yes, 503 for no, a JSON body that says why.
 *
 * <p>In maintenance and while draining, {@code /ready} and {@code /status} are 503 with that cause;
 * {@code Retry-After} tells the seconds until a maintenance window ends.
 *
 * <p>Answers never wait for a check. They show messages and details of checks to everybody who can
 * reach the port, with known secrets masked, texts cut at {@value Shown#MAX_CHARS} characters and
 * details at {@value Shown#MAX_DETAILS}: bind it to where only the orchestrator is.
 */
public final class HealthEndpoints {
  private HealthEndpoints() {}

  /**
   * The endpoints of a service.
   *
   * @param health what they read; stays the caller's to close
   * @return four routes, to be mounted by a server adapter
   */
  public static OpsRoutes of(Health health) {
    return OpsRoutes.of("/health", endpoint(health, () -> health.report(Probe.LIVENESS)))
        .and("/ready", endpoint(health, () -> health.report(Probe.READINESS)))
        .and("/startup", endpoint(health, () -> health.report(Probe.STARTUP)))
        .and("/status", endpoint(health, health::report));
  }

  private static OpsEndpoint endpoint(Health health, Supplier<HealthReport> probe) {
    ReportWriter writer = new ReportWriter(health);
    return request -> answer(request, probe, writer);
  }

  private static OpsResponse answer(
      OpsRequest request, Supplier<HealthReport> probe, ReportWriter writer) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return OpsResponse.methodNotAllowed("GET, HEAD");
    }
    HealthReport report = probe.get();
    OpsResponse response = OpsResponse.json(report.available() ? 200 : 503, writer.write(report));
    Duration retryAfter = report.retryAfter();
    return retryAfter == null
        ? response
        : response.with(
            "Retry-After",
            Long.toString(Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds())));
  }
}
