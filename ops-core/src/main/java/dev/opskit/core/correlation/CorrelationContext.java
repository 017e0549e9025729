package dev.opskit.core.correlation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
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
  private static final ThreadLocal<@Nullable CorrelationContext> CURRENT = new ThreadLocal<>();

  private final String id;
  private final String requestId;
  private final @Nullable TraceParent traceParent;
  private final Map<String, String> fields;

  private CorrelationContext(
      String id, String requestId, @Nullable TraceParent traceParent, Map<String, String> fields) {
    this.id = id;
    this.requestId = requestId;
    this.traceParent = traceParent;
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
    return new CorrelationContext(id, CorrelationIds.random(), null, Map.of());
  }

  /**
   * The context of an incoming request: the id of {@code x-correlation-id}, else of {@code
   * x-request-id}, else the trace id of a valid {@code traceparent}, else a new one. A value that
   * is no valid id is ignored and never repeated.
   *
   * @param header looks up a request header by its lower-case name; null if it is absent
   * @return the context to open for the request
   */
  public static CorrelationContext accept(Function<String, @Nullable String> header) {
    TraceParent trace = TraceParent.parse(header.apply(TraceParent.HEADER));
    String id = header.apply(CorrelationIds.HEADER);
    if (!CorrelationIds.isValid(id)) {
      id = header.apply(CorrelationIds.REQUEST_HEADER);
    }
    if (!CorrelationIds.isValid(id)) {
      id = trace == null ? CorrelationIds.random() : trace.traceId();
    }
    return new CorrelationContext(
        Objects.requireNonNull(id), CorrelationIds.random(), trace, Map.of());
  }

  /**
   * The context of this thread.
   *
   * @return null outside of any scope
   */
  public static @Nullable CorrelationContext current() {
    return CURRENT.get();
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
    return traceParent;
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
    return new CorrelationContext(id, requestId, traceParent, Collections.unmodifiableMap(more));
  }

  /**
   * Makes this the current context of this thread.
   *
   * @return close it, in a try-with-resources statement, to get the previous context back
   */
  public Scope open() {
    return replaceCurrent(this);
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
      try (Scope scope = replaceCurrent(captured)) {
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
      try (Scope scope = replaceCurrent(captured)) {
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
      try (Scope scope = replaceCurrent(captured)) {
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

  /** Only the ids: fields may hold personal data. */
  @Override
  public String toString() {
    return "CorrelationContext[" + id + "]";
  }

  private static Scope replaceCurrent(@Nullable CorrelationContext next) {
    CorrelationContext previous = CURRENT.get();
    setCurrent(next);
    return new Scope(previous);
  }

  private static void setCurrent(@Nullable CorrelationContext context) {
    if (context == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(context);
    }
  }

  /** The time during which a context is current on a thread. Confined to that thread. */
  public static final class Scope implements AutoCloseable {
    private final @Nullable CorrelationContext previous;
    private boolean closed;

    private Scope(@Nullable CorrelationContext previous) {
      this.previous = previous;
    }

    /** Restores the context that was current before. Closing twice has no effect. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        setCurrent(previous);
      }
    }
  }
}
