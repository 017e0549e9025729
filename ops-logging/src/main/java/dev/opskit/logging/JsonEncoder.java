package dev.opskit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.opskit.core.masking.SensitiveValues;

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
  private volatile ServiceIdentity identity = ServiceIdentity.UNKNOWN;

  /** An encoder that masks the process's sensitive values. */
  public JsonEncoder() {
    this(SensitiveValues.shared());
  }

  JsonEncoder(SensitiveValues sensitive) {
    this.pool = new WriterPool(() -> new EventWriter(new Masking(sensitive)));
  }

  /**
   * Names the service in each line.
   *
   * @param service the name; {@code unknown} if it is blank or never set
   */
  public void setService(String service) {
    identity = identity.withService(service);
  }

  /**
   * Names the version of the service in each line.
   *
   * @param version the version; {@code unknown} if it is blank or never set
   */
  public void setVersion(String version) {
    identity = identity.withVersion(version);
  }

  /**
   * Names the environment in each line, for example {@code production}.
   *
   * @param environment the environment; {@code unknown} if it is blank or never set
   */
  public void setEnvironment(String environment) {
    identity = identity.withEnvironment(environment);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    EventWriter writer = pool.borrow();
    byte[] line = writer.line(event, identity);
    pool.giveBack(writer);
    return line;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
