package dev.opskit.metrics;

import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.time.TimeSource;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a service: a Prometheus registry with the meters of the JVM, the observer of its
 * HTTP requests, its business operations, and the page that Prometheus scrapes. Thread-safe;
 * whoever builds it closes it.
 *
 * <p>Meters are Micrometer's, so the host's own meters on {@link #registry()} are on the same page.
 */
public final class OpsMetrics implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(OpsMetrics.class);

  private final MeterRegistry registry;
  private final boolean ownRegistry;
  private final @Nullable CorrelationSpans spans;
  private final TakenNames names;
  private final List<Duration> httpBuckets;
  private final int maxRoutes;
  private final @Nullable JvmMeters jvm;
  private final TimeSource time;
  private final Map<String, OperationSpec> operations = new LinkedHashMap<>();

  private OpsMetrics(Builder builder) {
    this.ownRegistry = builder.registry == null;
    this.spans = ownRegistry ? new CorrelationSpans() : null;
    this.registry =
        builder.registry == null
            ? new PrometheusMeterRegistry(
                new PageConfig(), new GuardedRegistry(), Clock.SYSTEM, spans)
            : builder.registry;
    this.time = builder.time;
    this.httpBuckets = builder.httpBuckets;
    this.maxRoutes = builder.maxRoutes;
    this.names = new TakenNames(registry);
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
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * The page that Prometheus scrapes, in its text format or as OpenMetrics 1.0, whichever the
   * request prefers; compressed with gzip where the request takes that, and cut down to the metrics
   * that it asks for by {@code name[]}, at most 256.
   *
   * @return one route, {@code /metrics}
   * @throws IllegalStateException if the registry is the host's and neither is a {@link
   *     PrometheusMeterRegistry} nor contains one
   */
  public OpsRoutes endpoints() {
    PrometheusMeterRegistry page =
        prometheus(registry)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "a page for Prometheus needs a PrometheusMeterRegistry; the host's is a "
                            + registry.getClass().getName()));
    return OpsRoutes.of("/metrics", new ScrapeEndpoint(page));
  }

  /**
   * Whether there is a page for Prometheus.
   *
   * @return false if {@link #endpoints()} would throw
   */
  public boolean canBeScraped() {
    return prometheus(registry).isPresent();
  }

  private static Optional<PrometheusMeterRegistry> prometheus(MeterRegistry registry) {
    if (registry instanceof PrometheusMeterRegistry found) {
      return Optional.of(found);
    }
    return registry instanceof CompositeMeterRegistry several
        ? several.getRegistries().stream().flatMap(one -> prometheus(one).stream()).findFirst()
        : Optional.empty();
  }

  /**
   * Counts and times the requests of a server: {@code http_requests_total}, {@code
   * http_request_duration_seconds}, {@code active_connections}. Add the result to the filter of
   * every server of the service. An unknown method, route or status falls into an overflow value of
   * its label alone, {@code _other} or for a status for example {@code 5xx}; {@code
   * ops_metrics_folded_total} counts that by {@code label}.
   *
   * @param routes the routes that get a label value of their own, up to {@link Builder#maxRoutes}
   * @return the observer
   * @throws IllegalArgumentException if it was called before, or a name is taken
   */
  public RequestObserver http(RouteTemplates routes) {
    return http(routes.templates());
  }

  /**
   * The same for a server that matches routes itself.
   *
   * @param templates the routes as the server's adapter names them, whatever form they have
   * @return the observer
   * @throws IllegalArgumentException as above
   */
  public RequestObserver http(Collection<String> templates) {
    claim(
        "http",
        "http_requests",
        "http_request_duration_seconds",
        "http_request_duration_seconds_max",
        "active_connections");
    if (templates.size() > maxRoutes) {
      logger.warn(
          "{} routes, of which {} get a label value of their own; maxRoutes sets how many",
          templates.size(),
          maxRoutes);
    }
    return new HttpServerMetrics(
        registry, spans, new HttpLabels(List.copyOf(templates), maxRoutes), httpBuckets);
  }

  /**
   * Declares a critical business operation.
   *
   * @param name snake case, for example {@code orders_processed}; becomes {@code
   *     orders_processed_total}, {@code orders_processed_duration_seconds} and two gauges
   * @param help what it counts, one sentence
   * @return set the outcomes and register it
   * @throws IllegalArgumentException if the name is of another form or the help is blank
   */
  public Operation.Builder operation(String name, String help) {
    return new Operation.Builder(this, name, help);
  }

  /**
   * Declares amounts of money, or of anything else that is counted in decimals.
   *
   * @param name snake case with the unit at its end, for example {@code payment_amount_dollars};
   *     becomes a histogram of that name and {@code payment_amount_dollars_exact_total}
   * @param help what they are, one sentence
   * @return set the buckets and register it
   * @throws IllegalArgumentException if the name is of another form or the help is blank
   */
  public Amount.Builder amount(String name, String help) {
    return new Amount.Builder(this, name, help);
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
   * @param value asked at each scrape; must not block; what it throws shows as NaN
   * @throws IllegalArgumentException if the help is blank or the name is taken
   */
  public void gauge(String name, String help, Supplier<Number> value) {
    OperationRules.checkHelp("gauge", name, help);
    claim("gauge '" + name + "'", TakenNames.family(name, Meter.Type.GAUGE));
    Gauge.builder(name, value).description(help).strongReference(true).register(registry);
  }

  TimeSource time() {
    return time;
  }

  void claim(OperationSpec operation) {
    synchronized (operations) {
      if (operations.containsKey(operation.name())) {
        throw new IllegalArgumentException(
            "operation '%s' is declared twice; keep the first one and share it"
                .formatted(operation.name()));
      }
      names.claim("operation '" + operation.name() + "'", operation.families());
      operations.put(operation.name(), operation);
    }
  }

  void claim(String who, String... families) {
    names.claim(who, List.of(families));
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
    private static final List<Duration> HTTP_BUCKETS =
        Stream.of(100, 300, 500, 700, 1_000, 3_000, 5_000, 7_000, 10_000)
            .map(Duration::ofMillis)
            .toList();

    private final Map<String, String> commonTags = new LinkedHashMap<>();
    private @Nullable MeterRegistry registry;
    private List<Duration> httpBuckets = HTTP_BUCKETS;
    private int maxRoutes = 200;
    private TimeSource time = TimeSource.system();
    private boolean jvm = true;

    private Builder() {}

    /**
     * A label that every time series carries.
     *
     * @param name letters, digits and {@code _}, not beginning with a digit; none of the labels
     *     that the metrics have already
     * @param value its value
     * @return this
     */
    public Builder commonTag(String name, String value) {
      commonTags.put(name, value);
      return this;
    }

    /**
     * Uses the host's registry; it stays the host's to configure and to close, so it cannot be
     * combined with {@link #commonTag}, and has exemplars only if the host sets them up. Any
     * registry takes the meters; {@link OpsMetrics#endpoints} needs Prometheus's, alone or in a
     * composite.
     *
     * @param registry default an own one
     * @return this
     */
    public Builder registry(MeterRegistry registry) {
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
     * The upper bounds of the histogram {@code http_request_duration_seconds}.
     *
     * @param bounds above 0, ascending, 1 to 50; default 0.1, 0.3, 0.5, 0.7, 1, 3, 5, 7 and 10 s
     * @return this
     */
    public Builder httpBuckets(Duration... bounds) {
      this.httpBuckets = List.of(bounds);
      return this;
    }

    /**
     * How many routes get a label value of their own; the others share {@code _other}.
     *
     * @param maxRoutes 0 to 10,000; default 200
     * @return this
     */
    public Builder maxRoutes(int maxRoutes) {
      this.maxRoutes = maxRoutes;
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
     * @throws IllegalArgumentException if common tags are set on a registry that is the host's, or
     *     an option is out of its range
     */
    public OpsMetrics build() {
      if (registry != null && !commonTags.isEmpty()) {
        throw new IllegalArgumentException(
            "commonTag %s: the registry is the host's; set common tags there"
                .formatted(commonTags.keySet()));
      }
      commonTags.keySet().forEach(CommonTags::check);
      Buckets.check("httpBuckets", httpBuckets);
      if (maxRoutes < 0 || maxRoutes > 10_000) {
        throw new IllegalArgumentException("maxRoutes is " + maxRoutes + ", must be 0 to 10,000");
      }
      return new OpsMetrics(this);
    }
  }
}
