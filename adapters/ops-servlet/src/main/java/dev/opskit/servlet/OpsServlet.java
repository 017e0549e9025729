package dev.opskit.servlet;

import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@link OpsRoutes} in a servlet container. Transport only; thread-safe.
 *
 * <p>A body of more than 64 KiB is refused with 413; the container bounds paths, headers and slow
 * clients.
 *
 * <pre>{@code
 * OpsServlet.of(HealthEndpoints.of(health).and(metrics.endpoints())).addTo(servletContext);
 * }</pre>
 */
public final class OpsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /**
   * Any other text would be looked up in the DNS, and a proxy may have let the client choose it.
   */
  private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|[0-9a-fA-F.:]*:.*");

  private final transient OpsRoutes routes;

  private OpsServlet(OpsRoutes routes) {
    this.routes = routes;
  }

  /**
   * A servlet.
   *
   * @param routes what to serve; their paths are matched against the request's path within its
   *     context
   * @return the servlet; {@link #addTo} maps it to the paths
   */
  public static OpsServlet of(OpsRoutes routes) {
    return new OpsServlet(routes);
  }

  /**
   * Maps the servlet to the paths of its routes.
   *
   * @param context of the service, while it starts
   * @throws IllegalStateException if there is a servlet {@code opskit} already, another one is
   *     mapped to one of the paths, or the service has started
   */
  public void addTo(ServletContext context) {
    ServletRegistration.Dynamic registration = context.addServlet("opskit", this);
    if (registration == null) {
      throw new IllegalStateException("a servlet 'opskit' is registered already");
    }
    // "/" would be everything that no other servlet is mapped to.
    String[] patterns =
        routes.paths().stream().map(path -> path.equals("/") ? "" : path).toArray(String[]::new);
    Set<String> taken = registration.addMapping(patterns);
    if (!taken.isEmpty()) {
      throw new IllegalStateException("other servlets are mapped to " + taken);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    OpsResponse answer =
        body.length > MAX_BODY_BYTES
            ? OpsResponse.error(413, "the body is larger than 64 KiB")
            : routes.handle(
                new OpsRequest(
                    request.getMethod(),
                    path(request),
                    request.getQueryString(),
                    headers(request),
                    body,
                    remote(request)));
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (answer.status() != 204 && answer.status() != 304) {
      response.setContentLength(answer.body().length);
      if (!request.getMethod().equals("HEAD")) {
        response.getOutputStream().write(answer.body());
      }
    }
  }

  private static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    String path = rest == null ? request.getServletPath() : request.getServletPath() + rest;
    return path.isEmpty() ? "/" : path;
  }

  private static Map<String, List<String>> headers(HttpServletRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    return headers;
  }

  private static @Nullable InetAddress remote(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    try {
      return address != null && ADDRESS.matcher(address).matches()
          ? InetAddress.getByName(address)
          : null;
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }
}
