package dev.opskit.servlet;

import dev.opskit.core.http.RequestObserver;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/**
 * The one filter that a service in a servlet container needs: it opens the correlation scope,
 * echoes the id before the chain runs, and tells the observers of each request once, be it
 * answered, forwarded, failed, asynchronous or timed out. What the chain throws is logged, in the
 * request's scope, and thrown on, for the container to answer. Thread-safe.
 *
 * <pre>{@code
 * OpsFilter.of(metrics.http(routes), new AccessLog()).addTo(servletContext);
 * }</pre>
 *
 * <p>A request's route is what the application has put under {@link #ROUTE}, else the pattern that
 * its servlet is mapped to; null for the default servlet, whose pattern says nothing.
 */
public final class OpsFilter implements Filter {
  /**
   * The request attribute under which the application puts the template that matched, such as
   * <code>/orders/{id}</code>, at any time before the request ends. Never the path itself.
   */
  public static final String ROUTE = "dev.opskit.servlet.route";

  private final List<RequestObserver> observers;

  private OpsFilter(List<RequestObserver> observers) {
    this.observers = observers;
  }

  /**
   * A filter for one service. Where several are met by a request, the first one counts.
   *
   * @param observers whom to tell of each request
   * @return the filter; {@link #addTo} registers it as it should be
   */
  public static OpsFilter of(RequestObserver... observers) {
    return new OpsFilter(List.of(observers));
  }

  /**
   * Registers the filter for all requests with their asynchronous and error dispatches, before
   * those of the deployment descriptor and after those that are registered already.
   *
   * @param context of the service, while it starts
   * @throws IllegalStateException if there is a filter {@code opskit} already, or the service has
   *     started
   */
  public void addTo(ServletContext context) {
    FilterRegistration.Dynamic registration = context.addFilter("opskit", this);
    if (registration == null) {
      throw new IllegalStateException("a filter 'opskit' is registered already");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false,
        "/*");
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      chain.doFilter(request, response);
      return;
    }
    ObservedRequest known = ObservedRequest.of(http);
    DispatcherType type = http.getDispatcherType();
    if (known == null) {
      new ObservedRequest(http, answer).begin(observers, chain);
    } else if (type == DispatcherType.ASYNC || type == DispatcherType.ERROR) {
      known.resume(http, answer, chain);
    } else {
      // A forward, an include, or a second filter: the scope is open and the request is watched.
      chain.doFilter(request, response);
    }
  }
}
