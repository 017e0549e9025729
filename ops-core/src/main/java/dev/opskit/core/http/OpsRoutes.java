package dev.opskit.core.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints by path, and itself the endpoint that a server adapter calls for all of them. Immutable
 * and thread-safe.
 *
 * <p>A path is matched exactly; one that ends in <code>/*</code> matches everything below it, where
 * the longest wins. Every request gets an answer: 404 for an unknown path, 400 for an {@link
 * IllegalArgumentException}, 500 for anything else that an endpoint throws, {@link Error}s
 * included. No answer shows a stack trace.
 */
public final class OpsRoutes implements OpsEndpoint {
  private static final Logger logger = LoggerFactory.getLogger(OpsRoutes.class);

  private final Map<String, OpsEndpoint> endpoints;

  private OpsRoutes(Map<String, OpsEndpoint> endpoints) {
    this.endpoints = Collections.unmodifiableMap(endpoints);
  }

  /**
   * Routes with one endpoint.
   *
   * @param path begins with {@code /}
   * @param endpoint answers it
   * @return the routes
   */
  public static OpsRoutes of(String path, OpsEndpoint endpoint) {
    return new OpsRoutes(new LinkedHashMap<>()).and(path, endpoint);
  }

  /**
   * These routes and one more.
   *
   * @param path begins with {@code /}
   * @param endpoint answers it
   * @return a copy
   * @throws IllegalArgumentException if the path is taken or does not begin with {@code /}
   */
  public OpsRoutes and(String path, OpsEndpoint endpoint) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path '" + path + "' must begin with '/'");
    }
    Map<String, OpsEndpoint> more = new LinkedHashMap<>(endpoints);
    if (more.put(path, endpoint) != null) {
      throw new IllegalArgumentException("path '" + path + "' is mounted twice");
    }
    return new OpsRoutes(more);
  }

  /**
   * These routes and all of others.
   *
   * @param others the others
   * @return a copy
   * @throws IllegalArgumentException if a path is in both
   */
  public OpsRoutes and(OpsRoutes others) {
    OpsRoutes all = this;
    for (Map.Entry<String, OpsEndpoint> entry : others.endpoints.entrySet()) {
      all = all.and(entry.getKey(), entry.getValue());
    }
    return all;
  }

  /**
   * The mounted paths.
   *
   * @return in the order of mounting
   */
  public Set<String> paths() {
    return endpoints.keySet();
  }

  @Override
  public OpsResponse handle(OpsRequest request) {
    String mounted = find(request.path());
    OpsEndpoint endpoint = endpoints.get(mounted);
    if (endpoint == null) {
      return OpsResponse.error(404, "nothing is mounted here");
    }
    try {
      OpsResponse response = endpoint.handle(request);
      if (response != null) {
        return response;
      }
      logger.error("the endpoint {} answered null", mounted);
    } catch (IllegalArgumentException e) {
      logger.debug("a request to {} was refused", mounted, e);
      return OpsResponse.error(400, "the request is not well-formed");
    } catch (Throwable t) {
      logger.error("the endpoint {} failed", mounted, t);
    }
    return OpsResponse.error(500, "the endpoint failed; its log says why");
  }

  /** The path that an endpoint is mounted at: unlike the request's path, fit for a log. */
  private String find(String path) {
    if (endpoints.containsKey(path)) {
      return path;
    }
    String longest = "";
    for (String mounted : endpoints.keySet()) {
      if (mounted.endsWith("/*")
          && mounted.length() > longest.length()
          && path.regionMatches(0, mounted, 0, mounted.length() - 1)) {
        longest = mounted;
      }
    }
    return longest;
  }
}
