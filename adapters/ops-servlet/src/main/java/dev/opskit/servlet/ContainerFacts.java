package dev.opskit.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/** What a container knows of a request and its answer, put as observers want it. */
final class ContainerFacts {
  private ContainerFacts() {}

  /** The raw path that the client asked for. */
  static String path(HttpServletRequest request) {
    Object path =
        request.getDispatcherType() == DispatcherType.ERROR
            ? request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
            : request.getRequestURI();
    return path == null ? "" : path.toString();
  }

  /** The pattern of the servlet, null if it says nothing of what the client asked for. */
  static @Nullable String route(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    MappingMatch match = mapping.getMappingMatch();
    if (match == null
        || match == MappingMatch.DEFAULT
        || request.getDispatcherType() == DispatcherType.ERROR) {
      return null;
    }
    return match == MappingMatch.CONTEXT_ROOT ? "/" : mapping.getPattern();
  }

  /** Tomcat's filter chain wraps an {@link Error}, and frameworks wrap whatever they pass on. */
  static Throwable thrownByTheHandler(Throwable thrown) {
    return thrown instanceof ServletException wrapped && wrapped.getRootCause() != null
        ? wrapped.getRootCause()
        : thrown;
  }

  /** What the container will answer: it looks at a failure only after the filters. */
  static int statusOf(Throwable failure) {
    if (failure instanceof UnavailableException unavailable) {
      return unavailable.isPermanent() ? 404 : 503;
    }
    return 500;
  }

  static long length(HttpServletResponse response) {
    String length = response.getHeader("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException setByTheHandler) {
      return -1;
    }
  }
}
