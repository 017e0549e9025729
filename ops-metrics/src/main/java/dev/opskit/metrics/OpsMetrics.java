package dev.opskit.metrics;

import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.time.TimeSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a service: a Prometheus registry with the meters of the JVM, the observer of its
 * HTTP requests, its business operations, and the page that Prometheus scrapes. Thread-safe;
 * whoever builds it closes it.
 *
 * <p>Meters are Micrometer's, so the host's own meters on {@link #registry()} are on the same page.
 */
public final class OpsMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry;
  private final boolean ownRegistry;
  private final @Nullable JvmMeters jvm;
  private final TimeSource time;
  private final Map<String, OperationSpec> operations = new LinkedHashMap<>();

  private OpsMetrics(Builder builder) {
    this.ownRegistry = builder.registry == null;
    this.registry =
        builder.registry == null
            ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)
            : builder.registry;
    this.time = builder.time;
    if (ownRegistry) {
      builder.commonTags.forEach((name, value) -> registry.config().commonTags(name, value));
    }
    this.jvm = builder.jvm ? JvmMeters.bindTo(registry) : null;
  }

  /**
   * A builder.
   *
   * @return with a registry of its own and the meters of the JVM
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The registry, for the host's own meters and binders.
   *
   * @return the one that was passed in, or the own one
   */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * The page that Prometheus scrapes.
   *
   * @return one route, {@code /metrics}
   */
  public OpsRoutes endpoints() {
    return OpsRoutes.of("/metrics", new ScrapeEndpoint(registry));
  }

  /**
   * Counts and times the requests of a server: {@code http_requests_total}, {@code
   * http_request_duration_seconds}, {@code active_connections}. Call it once and add the result to
   * the server's filter.
   *
   * @param routes the routes that get a label value of their own; all others share {@code _other}
   * @return the observer
   */
  public RequestObserver http(RouteTemplates routes) {
    return new HttpServerMetrics(registry, routes);
  }

  /**
   * Declares a critical business operation.
   *
   * @param name snake case, for example {@code orders_processed}; becomes {@code
   *     orders_processed_total} and {@code orders_processed_duration_seconds}
   * @param help what it counts, one sentence
   * @return set the outcomes and register it
   * @throws IllegalArgumentException if the name is of another form or the help is blank
   */
  public Operation.Builder operation(String name, String help) {
    return new Operation.Builder(this, name, help);
  }

  /**
   * What was declared up to now.
   *
   * @return a copy, in the order of declaration
   */
  public List<OperationSpec> operations() {
    synchronized (operations) {
      return List.copyOf(operations.values());
    }
  }

  /**
   * Registers a gauge that cannot be garbage-collected away.
   *
   * @param name Micrometer's dotted form, for example {@code queue.size}
   * @param help what it shows, one sentence
   * @param value asked at each scrape; must not block
   */
  public void gauge(String name, String help, Supplier<Number> value) {
    Gauge.builder(name, value).description(help).strongReference(true).register(registry);
  }

  TimeSource time() {
    return time;
  }

  void claim(OperationSpec operation) {
    synchronized (operations) {
      if (operations.putIfAbsent(operation.name(), operation) != null) {
        throw new IllegalArgumentException(
            "operation '%s' is declared twice; keep the first one and share it"
                .formatted(operation.name()));
      }
    }
  }

  /** Ends the meters of the JVM, and the registry unless it was passed in. Idempotent. */
  @Override
  public void close() {
    if (jvm != null) {
      jvm.close();
    }
    if (ownRegistry) {
      registry.close();
    }
  }

  /** Options of {@link OpsMetrics}. Confined to one thread. */
  public static final class Builder {
    private final Map<String, String> commonTags = new LinkedHashMap<>();
    private @Nullable PrometheusMeterRegistry registry;
    private TimeSource time = TimeSource.system();
    private boolean jvm = true;

    private Builder() {}

    /**
     * A label that every time series carries.
     *
     * @param name the label's name
     * @param value its value
     * @return this
     */
    public Builder commonTag(String name, String value) {
      commonTags.put(name, value);
      return this;
    }

    /**
     * Uses the host's registry; it stays the host's to configure and to close, so it cannot be
     * combined with {@link #commonTag}.
     *
     * @param registry default an own one
     * @return this
     */
    public Builder registry(PrometheusMeterRegistry registry) {
      this.registry = registry;
      return this;
    }

    /**
     * Whether to bind the meters of the JVM and the process.
     *
     * @param jvm default true; false if the host has bound them already
     * @return this
     */
    public Builder jvm(boolean jvm) {
      this.jvm = jvm;
      return this;
    }

    /**
     * The clock that operations are timed with.
     *
     * @param time default {@link TimeSource#system()}
     * @return this
     */
    public Builder time(TimeSource time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Binds the meters.
     *
     * @return the metrics
     * @throws IllegalArgumentException if common tags are set on a registry that is the host's
     */
    public OpsMetrics build() {
      if (registry != null && !commonTags.isEmpty()) {
        throw new IllegalArgumentException(
            "commonTag %s: the registry is the host's; set common tags there"
                .formatted(commonTags.keySet()));
      }
      return new OpsMetrics(this);
    }
  }
}
