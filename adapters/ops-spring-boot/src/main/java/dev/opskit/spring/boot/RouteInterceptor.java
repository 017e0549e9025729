package dev.opskit.spring.boot;

import dev.opskit.servlet.OpsFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.DefaultServletHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Calls a request's route by the pattern that Spring MVC matched first. What error pages and static
 * resources are mapped to says nothing of what the client asked for.
 */
final class RouteInterceptor implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (pattern != null
        && request.getDispatcherType() != DispatcherType.ERROR
        && request.getAttribute(OpsFilter.ROUTE) == null
        && !(handler instanceof ResourceHttpRequestHandler)
        && !(handler instanceof DefaultServletHttpRequestHandler)) {
      request.setAttribute(OpsFilter.ROUTE, pattern.toString());
    }
    return true;
  }
}
