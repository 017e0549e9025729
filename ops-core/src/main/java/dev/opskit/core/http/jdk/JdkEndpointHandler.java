package dev.opskit.core.http.jdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Serves {@link OpsRoutes} on the host's own JDK HTTP server. Transport only; thread-safe.
 *
 * <p>Bounds: a path and query of 8 KiB (414), headers of 16 KiB (431) and a body of 64 KiB (413).
 */
public final class JdkEndpointHandler implements HttpHandler {
  private static final int MAX_URI_CHARS = 8 * 1024;
  private static final int MAX_HEADER_CHARS = 16 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /** The JDK's server buffers twice of what is written at once, for each connection. */
  private static final int CHUNK_BYTES = 32 * 1024;

  private final OpsRoutes routes;

  /**
   * A handler for a context of the host's server.
   *
   * @param routes what to serve; their paths are matched against the whole request path
   */
  public JdkEndpointHandler(OpsRoutes routes) {
    this.routes = routes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private OpsResponse answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().toString().length() > MAX_URI_CHARS) {
      return refuse(414, "the path and query are longer than 8 KiB");
    }
    if (headerChars(exchange) > MAX_HEADER_CHARS) {
      return refuse(431, "the headers are larger than 16 KiB");
    }
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return refuse(413, "the body is larger than 64 KiB");
    }
    String path = exchange.getRequestURI().getPath();
    return routes.handle(
        new OpsRequest(
            exchange.getRequestMethod(),
            path == null || path.isEmpty() ? "/" : path,
            exchange.getRequestURI().getRawQuery(),
            exchange.getRequestHeaders(),
            body,
            exchange.getRemoteAddress().getAddress()));
  }

  /** The rest of an oversize request is not read: the connection is of no further use. */
  private static OpsResponse refuse(int status, String error) {
    return OpsResponse.error(status, error).with("Connection", "close");
  }

  private static long headerChars(HttpExchange exchange) {
    long chars = 0;
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      for (String value : header.getValue()) {
        chars += header.getKey().length() + value.length();
      }
    }
    return chars;
  }

  private static void send(HttpExchange exchange, OpsResponse response) throws IOException {
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    int length = response.body().length;
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
      exchange.sendResponseHeaders(response.status(), -1);
    } else if (length == 0 || response.status() == 204 || response.status() == 304) {
      exchange.sendResponseHeaders(response.status(), -1);
    } else {
      exchange.sendResponseHeaders(response.status(), length);
      OutputStream out = exchange.getResponseBody();
      for (int at = 0; at < length; at += CHUNK_BYTES) {
        out.write(response.body(), at, Math.min(CHUNK_BYTES, length - at));
      }
    }
  }
}
