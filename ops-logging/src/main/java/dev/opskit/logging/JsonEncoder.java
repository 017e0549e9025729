package dev.opskit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.opskit.core.masking.SensitiveValues;
import java.util.Locale;

/**
 * Encodes each logging event as one line of JSON, for any logback appender that takes an encoder.
 *
 * <p>A line has, in this order: {@code timestamp} (of the event, ISO-8601, UTC, milliseconds),
 * {@code level}, {@code service}, {@code version}, {@code environment}, {@code correlationId} and
 * {@code requestId} (if the event belongs to a {@link
 * dev.opskit.core.correlation.CorrelationContext}), {@code logger}, {@code thread}, {@code
 * message}, {@code markers}, the event's key-value pairs with their types, the fields of the
 * context, the MDC, and {@code error} with {@code type}, {@code message} and {@code stack}.
 *
 * <p>Whatever is logged, the line is valid JSON without duplicate names and has at most 16,000
 * bytes. What had to be cut, renamed or replaced for that is listed in its field {@code repaired}.
 * Values in {@link SensitiveValues#shared()} and values whose name says that they are secret
 * ({@code password}, {@code authorization}, {@code accessToken} and the like) appear as {@code
 * ***}.
 *
 * <p>The correlation is that of the thread that encodes. Behind an asynchronous appender that is
 * the wrong thread: use {@link CorrelatedAsyncAppender}, or have {@code correlationId} and {@code
 * requestId} in the MDC, which are used where there is no context.
 *
 * <p>Set the properties before the first event. Thread-safe: {@link #encode} may be called by any
 * number of threads at once, platform or virtual, and takes no lock.
 */
public final class JsonEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final WriterPool pool;
  private volatile EncoderSettings settings = EncoderSettings.DEFAULT;

  /** An encoder that masks the process's sensitive values. */
  public JsonEncoder() {
    this(SensitiveValues.shared());
  }

  JsonEncoder(SensitiveValues sensitive) {
    StackFrames frames = new StackFrames();
    StackFolding folding = new StackFolding();
    this.pool = new WriterPool(() -> new EventWriter(new Masking(sensitive), frames, folding));
  }

  /**
   * Names the service in each line.
   *
   * @param service the name; {@code unknown} if it is blank or never set
   */
  public void setService(String service) {
    settings = settings.with(settings.identity().withService(service));
  }

  /**
   * Names the version of the service in each line.
   *
   * @param version the version; {@code unknown} if it is blank or never set
   */
  public void setVersion(String version) {
    settings = settings.with(settings.identity().withVersion(version));
  }

  /**
   * Names the environment in each line, for example {@code production}.
   *
   * @param environment the environment; {@code unknown} if it is blank or never set
   */
  public void setEnvironment(String environment) {
    settings = settings.with(settings.identity().withEnvironment(environment));
  }

  /**
   * Chooses the names of the fields.
   *
   * @param name {@code OPS} (the default), {@code ECS} or {@code LOGSTASH}, in any case; another is
   *     reported as a warning of logback's, and {@code OPS} is used
   */
  public void setSchema(String name) {
    Schema schema = Schema.OPS;
    try {
      schema = Schema.valueOf(name.trim().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      addWarn("no schema \"" + name + "\", using OPS; there are OPS, ECS and LOGSTASH");
    }
    settings = settings.with(schema);
  }

  /**
   * Writes the root cause of an exception first, and what wraps it behind it.
   *
   * @param first false by default: as the JVM prints it
   */
  public void setRootCauseFirst(boolean first) {
    settings = settings.with(stack().withRootCauseFirst(first));
  }

  /**
   * Limits the frames that are kept of each throwable.
   *
   * @param frames 0 to 1,000, 40 by default; a number beyond that is taken as the nearest
   */
  public void setMaxFrames(int frames) {
    settings = settings.with(stack().withMaxFrames(frames));
  }

  /**
   * Limits the throwables that are written of an exception: itself, causes and suppressed ones.
   *
   * @param throwables 1 to 100, 32 by default; a number beyond that is taken as the nearest
   */
  public void setMaxThrowables(int throwables) {
    settings = settings.with(stack().withMaxThrowables(throwables));
  }

  /**
   * Adds a hash of where an exception came from: 16 hexadecimal digits over the types and frames of
   * it and its causes. Messages, line numbers and generated names do not count, so that it is the
   * same after a restart.
   *
   * @param hash false by default
   */
  public void setStackHash(boolean hash) {
    settings = settings.with(stack().withHash(hash));
  }

  /**
   * Writes identical stacks once in a window of time, and as hash and count until it is over; each
   * appender has its own window.
   *
   * @param seconds 0, the default, for every stack whole; at most 3,600
   */
  public void setFoldSeconds(int seconds) {
    settings = settings.with(stack().withFoldSeconds(seconds));
  }

  private StackOptions stack() {
    return settings.stack();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    EventWriter writer = pool.borrow();
    byte[] line = writer.line(event, settings);
    pool.giveBack(writer);
    return line;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
