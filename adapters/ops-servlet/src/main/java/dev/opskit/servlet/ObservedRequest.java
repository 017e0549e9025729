package dev.opskit.servlet;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.CorrelationIds;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObservation;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.time.TimeSource;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request from its first dispatch to its last, found again by an attribute of its own. It is over
 * when the first dispatch returns or, if that went asynchronous, when the container completes it.
 */
final class ObservedRequest implements AsyncListener {
  private static final String ATTRIBUTE = ObservedRequest.class.getName();
  private static final Logger logger = LoggerFactory.getLogger(OpsFilter.class);

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final CorrelationContext context;
  private final @Nullable String mapped;
  private @Nullable RequestObservation observation;
  private volatile @Nullable Throwable failure;
  private volatile boolean isCutOff;

  ObservedRequest(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
    context = CorrelationContext.acceptAll(name -> Collections.list(request.getHeaders(name)));
    mapped = ContainerFacts.route(request);
  }

  static @Nullable ObservedRequest of(HttpServletRequest request) {
    return (ObservedRequest) request.getAttribute(ATTRIBUTE);
  }

  void begin(List<RequestObserver> observers, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(ATTRIBUTE, this);
    String userAgent = request.getHeader("user-agent");
    RequestInfo info =
        new RequestInfo(request.getMethod(), ContainerFacts.path(request), userAgent, context);
    response.setHeader(CorrelationIds.HEADER, context.id());
    try (CorrelationContext.Scope scope = context.open()) {
      observation = RequestObservation.begin(observers, info, TimeSource.system());
      try {
        chain.doFilter(request, response);
      } catch (Throwable t) {
        failed(t);
        throw t;
      } finally {
        // Again, in case that the application has reset the response.
        response.setHeader(CorrelationIds.HEADER, context.id());
        if (request.isAsyncStarted()) {
          request.getAsyncContext().addListener(this);
        } else {
          end(statusToCome());
        }
      }
    }
  }

  /** A later dispatch of the same request, usually on another thread. */
  void resume(HttpServletRequest again, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    answer.setHeader(CorrelationIds.HEADER, context.id());
    try (CorrelationContext.Scope scope = context.open()) {
      try {
        chain.doFilter(again, answer);
      } catch (Throwable t) {
        if (again.getDispatcherType() == DispatcherType.ASYNC) {
          failed(t);
        }
        throw t;
      }
    }
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }

  @Override
  public void onError(AsyncEvent event) {
    if (event.getThrowable() != null) {
      try (CorrelationContext.Scope scope = context.open()) {
        failed(event.getThrowable());
      }
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onComplete(AsyncEvent event) {
    try (CorrelationContext.Scope scope = context.open()) {
      end(statusSent());
    }
  }

  private void failed(Throwable thrown) {
    if (failure == null) {
      Throwable t = ContainerFacts.thrownByTheHandler(thrown);
      isCutOff = response.isCommitted();
      failure = t;
      // Not the path, which may hold personal data or a token.
      String route = route();
      logger.error("the handler of {} failed", route == null ? "an unmatched route" : route, t);
      if (isCutOff) {
        // Nothing can mend it, and Jetty does not complete what it has to cut off.
        end(statusSent());
      }
    }
  }

  private @Nullable String route() {
    return request.getAttribute(OpsFilter.ROUTE) instanceof String given ? given : mapped;
  }

  private int statusToCome() {
    return failure == null || isCutOff ? statusSent() : ContainerFacts.statusOf(failure);
  }

  private int statusSent() {
    return isCutOff ? Math.max(500, response.getStatus()) : response.getStatus();
  }

  private void end(int status) {
    if (observation != null) {
      observation.end(route(), status, ContainerFacts.length(response), failure);
    }
  }
}
