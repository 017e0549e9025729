package dev.opskit.core.http.jdk;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.OpsRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A management server of its own for a service's ops endpoints, on the JDK's HTTP server.
 *
 * <p>Slow and greedy clients are bounded: an exchange that is not over within the request timeout,
 * be it that its headers trickle in or that its answer is not read, is cut off. At most 64
 * exchanges run and 1,024 wait; while any wait, those that have waited for their own client the
 * longest, and for more than a second or a quarter of the request timeout, are cut off for them. A
 * connection costs no thread until its first byte. Bodies and headers are bounded as in {@link
 * JdkEndpointHandler}. Thread-safe; whoever starts it closes it.
 */
public final class JdkOpsServer implements AutoCloseable {
  /**
   * Connections that the system completes before the server accepts them. With the JDK's default of
   * 50, a burst of probes waits for TCP to try again, a second later.
   */
  private static final int BACKLOG = ExchangeThreads.MAX_WAITING;

  private final HttpServer server;
  private final ExchangeThreads threads;

  private JdkOpsServer(HttpServer server, ExchangeThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * A builder.
   *
   * @return with nothing mounted, on a free loopback port
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The port that the server listens on.
   *
   * @return the real one, also if 0 was asked for
   */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops listening, cuts running exchanges off and ends the threads. Idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  /** Options of a {@link JdkOpsServer}. Confined to one thread. */
  public static final class Builder {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    private String host = "127.0.0.1";
    private int port;
    private Duration requestTimeout = Duration.ofSeconds(10);
    private @Nullable OpsRoutes routes;

    private Builder() {}

    /**
     * The address to listen on.
     *
     * @param host default {@code 127.0.0.1}; {@code 0.0.0.0} for all, as in a container whose
     *     orchestrator probes it
     * @return this
     */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /**
     * The port to listen on.
     *
     * @param port 0 to 65,535; default 0, any free one
     * @return this
     */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * The longest that one exchange may take on its thread, from its first byte to the last of the
     * answer.
     *
     * @param timeout 100 ms to 10 minutes; default 10 s
     * @return this
     */
    public Builder requestTimeout(Duration timeout) {
      this.requestTimeout = timeout;
      return this;
    }

    /**
     * Adds endpoints.
     *
     * @param more their routes
     * @return this
     * @throws IllegalArgumentException if a path is mounted already
     */
    public Builder mount(OpsRoutes more) {
      routes = routes == null ? more : routes.and(more);
      return this;
    }

    /**
     * Opens the port and serves.
     *
     * @return the running server
     * @throws IllegalArgumentException if an option is out of its range or nothing is mounted
     * @throws UncheckedIOException if the port cannot be opened; the message names host and port
     */
    public JdkOpsServer start() {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port is " + port + ", must be 0 to 65535");
      }
      if (requestTimeout.compareTo(MIN_TIMEOUT) < 0 || requestTimeout.compareTo(MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException(
            "requestTimeout is " + requestTimeout + ", must be 100 ms to 10 min");
      }
      if (routes == null) {
        throw new IllegalArgumentException("nothing is mounted: call mount(…) at least once");
      }
      try {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
        ExchangeThreads threads = new ExchangeThreads(requestTimeout);
        server.setExecutor(threads);
        server.createContext("/", new JdkEndpointHandler(threads.marked(routes)));
        server.start();
        return new JdkOpsServer(server, threads);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
      }
    }
  }
}
