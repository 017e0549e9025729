package dev.opskit.core.correlation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What ties together everything that happens for one request: its correlation id, the W3C trace
 * parent that came with it, and a few fields. Immutable; handing it to another thread is handing
 * over one reference.
 *
 * <p>A server adapter opens a scope for each request; code inside reads {@link #current()}, and the
 * {@code wrap} methods carry the context to other threads. A scope is closed on the thread that
 * opened it.
 */
public final class CorrelationContext {
  private final String id;
  private final String requestId;
  private final Incoming incoming;
  private final Map<String, String> fields;

  private CorrelationContext(
      String id, String requestId, Incoming incoming, Map<String, String> fields) {
    this.id = id;
    this.requestId = requestId;
    this.incoming = incoming;
    this.fields = fields;
  }

  /**
   * A context with a new random id.
   *
   * @return a context without trace parent or fields
   */
  public static CorrelationContext create() {
    return of(CorrelationIds.random());
  }

  /**
   * A context with a given id, for work that is not an HTTP request.
   *
   * @param id 1 to 128 characters of {@code [A-Za-z0-9._~+/=:@-]}
   * @return a context without trace parent or fields
   * @throws IllegalArgumentException if the id is of another form; its text is not repeated
   */
  public static CorrelationContext of(String id) {
    if (!CorrelationIds.isValid(id)) {
      throw new IllegalArgumentException(
          "a correlation id has 1 to 128 characters of [A-Za-z0-9._~+/=:@-]; this one has "
              + id.length()
              + " characters and is not of that form");
    }
    return new CorrelationContext(id, CorrelationIds.random(), Incoming.NOTHING, Map.of());
  }

  /**
   * The context of an incoming request: the id of {@code x-correlation-id}, else of {@code
   * x-request-id}, else the trace id of a valid {@code traceparent}, else a new one. A value that
   * is no valid id is ignored, counted by {@link #rejectedIds} and never repeated.
   *
   * @param header looks up a request header by its lower-case name; null if it is absent. Several
   *     of the same name are joined by commas, save the two of the id, of which the first counts
   * @return the context to open for the request
   */
  public static CorrelationContext accept(Function<String, @Nullable String> header) {
    Incoming incoming = Incoming.of(header);
    return new CorrelationContext(
        incoming.acceptedId(header), CorrelationIds.random(), incoming, Map.of());
  }

  /**
   * The context of an incoming request, as {@link #accept} makes it, for a server that shows the
   * values of a header one by one.
   *
   * @param headers looks up the values of a request header by its lower-case name, in their order;
   *     null or empty if it is absent
   * @return the context to open for the request
   */
  public static CorrelationContext acceptAll(Function<String, @Nullable List<String>> headers) {
    return accept(
        name -> {
          List<String> values = headers.apply(name);
          if (values == null || values.isEmpty()) {
            return null;
          }
          return name.startsWith("x-") ? values.get(0) : String.join(",", values);
        });
  }

  /**
   * The context of this thread.
   *
   * @return null outside of any scope
   */
  public static @Nullable CorrelationContext current() {
    return CurrentContext.get();
  }

  /**
   * The id that is passed along from service to service.
   *
   * @return a valid id
   */
  public String id() {
    return id;
  }

  /**
   * The id of this hop alone.
   *
   * @return 32 lower-case hexadecimal digits
   */
  public String requestId() {
    return requestId;
  }

  /**
   * The trace parent that came in.
   *
   * @return null if none came, or none that is valid
   */
  public @Nullable TraceParent traceParent() {
    return incoming.traceParent();
  }

  /**
   * The {@code tracestate} that came in, to be passed on with the trace parent: at most 32 members
   * and, where it was longer, those that fit into 512 characters.
   *
   * @return null if none came with a valid trace parent, or none that is valid
   */
  public @Nullable String traceState() {
    return incoming.traceState();
  }

  /**
   * The {@code baggage} that came in: of its valid members those that fit into 64 and into 8,192
   * bytes. It may hold personal data and is not logged.
   *
   * @return null if none came, or none that is valid
   */
  public @Nullable String baggage() {
    return incoming.baggage();
  }

  /**
   * How many ids came in that are not valid and were ignored, so that an observer of requests can
   * count them.
   *
   * @return 0 to 2
   */
  public int rejectedIds() {
    return incoming.rejectedIds();
  }

  /**
   * The fields that every log line of this context carries.
   *
   * @return an unmodifiable map in the order of addition
   */
  public Map<String, String> fields() {
    return fields;
  }

  /**
   * The same context with one field more.
   *
   * @param name the field's name
   * @param value its value; replaces an earlier one
   * @return a copy; scopes that are open keep what they had
   */
  public CorrelationContext with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return new CorrelationContext(id, requestId, incoming, Collections.unmodifiableMap(more));
  }

  /**
   * Sets the headers of a request that goes out on behalf of this context: {@code
   * x-correlation-id}; {@code traceparent} with its {@code tracestate} as they came in, unless the
   * request has a trace parent already; and {@code baggage} as it came in, unless the request has
   * some. For adapters of HTTP clients.
   *
   * @param isPresent whether the request has a header already, by its lower-case name; asked of
   *     {@code traceparent} and {@code baggage}, if one of them came in
   * @param set sets a header, in the place of what is there
   */
  public void stamp(Predicate<String> isPresent, BiConsumer<String, String> set) {
    set.accept(CorrelationIds.HEADER, id);
    TraceParent trace = incoming.traceParent();
    if (trace != null && !isPresent.test(TraceParent.HEADER)) {
      set.accept(TraceParent.HEADER, trace.header());
      String state = incoming.traceState();
      if (state != null) {
        set.accept("tracestate", state);
      }
    }
    String baggage = incoming.baggage();
    if (baggage != null && !isPresent.test("baggage")) {
      set.accept("baggage", baggage);
    }
  }

  /**
   * Makes this the current context of this thread.
   *
   * @return close it, in a try-with-resources statement, to get the previous context back
   */
  public Scope open() {
    return new Scope(this);
  }

  /**
   * Carries the current context to wherever the task runs.
   *
   * @param task the task
   * @return a task that runs inside the context that is current now
   */
  public static Runnable wrap(Runnable task) {
    CorrelationContext captured = current();
    return () -> {
      try (Scope scope = new Scope(captured)) {
        task.run();
      }
    };
  }

  /**
   * Carries the current context to wherever the task runs.
   *
   * @param <T> the result's type
   * @param task the task
   * @return a task that runs inside the context that is current now
   */
  public static <T> Callable<T> wrap(Callable<T> task) {
    CorrelationContext captured = current();
    return () -> {
      try (Scope scope = new Scope(captured)) {
        return task.call();
      }
    };
  }

  /**
   * Carries the current context to wherever the supplier is asked.
   *
   * @param <T> the result's type
   * @param supplier the supplier
   * @return a supplier that runs inside the context that is current now
   */
  public static <T> Supplier<T> wrapSupplier(Supplier<T> supplier) {
    CorrelationContext captured = current();
    return () -> {
      try (Scope scope = new Scope(captured)) {
        return supplier.get();
      }
    };
  }

  /**
   * An executor whose tasks run in the context that was current when they were handed over.
   *
   * @param executor runs the tasks; stays the caller's to shut down
   * @return the wrapped executor
   */
  public static Executor wrap(Executor executor) {
    return task -> executor.execute(wrap(task));
  }

  /**
   * An executor service whose tasks run in the context that was current when they were handed over.
   *
   * @param executor runs the tasks; shutting down the result shuts it down
   * @return the wrapped executor
   */
  public static ExecutorService wrap(ExecutorService executor) {
    return new CorrelatedExecutor<>(executor);
  }

  /**
   * A scheduler whose tasks run in the context that was current when they were handed over,
   * repeating ones in every run.
   *
   * @param executor runs the tasks; shutting down the result shuts it down
   * @return the wrapped scheduler
   */
  public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
    return new CorrelatedScheduler(executor);
  }

  /**
   * A future that completes like another one, inside the context that is current now, and so do all
   * that are chained to it: functions that the completing thread runs, and {@code …Async} ones
   * without an executor of their own. Two things are not carried: a function that runs at once on
   * the calling thread, as the future is complete, runs in that thread's context; and behind {@code
   * thenCompose} only {@code …Async} functions are sure to have the context, as the inner stage may
   * complete elsewhere.
   *
   * <p>{@code wrap(client.sendAsync(request, handler)).thenApply(…)} is how the answer of the JDK's
   * HTTP client comes back into the request.
   *
   * @param <T> the result's type
   * @param source completes the result, on whatever thread; cancelling the result leaves it alone
   * @return the future to chain to
   */
  public static <T> CompletableFuture<T> wrap(CompletionStage<T> source) {
    return CorrelatedFuture.of(source);
  }

  /** Only the ids: fields may hold personal data. */
  @Override
  public String toString() {
    return "CorrelationContext[" + id + "]";
  }

  /** The time during which a context is current on a thread. Confined to that thread. */
  public static final class Scope implements AutoCloseable {
    private final @Nullable CorrelationContext previous;
    private final @Nullable ScopeWatch watch;
    private boolean closed;

    Scope(@Nullable CorrelationContext next) {
      previous = CurrentContext.get();
      CurrentContext.set(next);
      watch = ScopeWatch.IS_NEEDED ? ScopeWatch.opened(this, next) : null;
    }

    /** Restores the context that was current before. Closing twice has no effect. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        if (watch != null) {
          watch.closing();
        }
        CurrentContext.set(previous);
      }
    }
  }
}
