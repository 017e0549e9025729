package dev.opskit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Encodes events for the console: for people if a terminal is attached, else as {@link JsonEncoder}
 * does. Used by {@code defaults.xml}.
 *
 * <p>A line for people has the time (of the JVM's zone), the level, the logger shortened, the first
 * eight characters of the correlation id, the message and the key-values; an exception follows as
 * Java prints it. Secrets are masked as in JSON, and control characters, line breaks of a message
 * included, are shown as escapes, so that what is logged can neither forge a line nor command the
 * terminal. MDC, markers and thread are left out.
 *
 * <p>Set the properties before it is started, which the appender's configuration does. Thread-safe
 * then.
 */
public final class ConsoleEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final JsonEncoder json;
  private final TextLine text;
  private final BooleanSupplier terminal;
  private ConsoleFormat format = ConsoleFormat.AUTO;
  private volatile boolean isText;
  private volatile Charset charset = StandardCharsets.UTF_8;

  /** An encoder that masks the process's sensitive values. */
  public ConsoleEncoder() {
    this(SensitiveValues.shared(), Terminal::isAttached);
  }

  ConsoleEncoder(SensitiveValues sensitive, BooleanSupplier terminal) {
    this.json = new JsonEncoder(sensitive);
    this.text = new TextLine(sensitive);
    this.terminal = terminal;
  }

  /**
   * Chooses what is written.
   *
   * @param name {@code auto} (the default, also if it is blank), {@code json} or {@code text}, in
   *     any case; another is reported as a warning of logback's, and {@code auto} is used
   */
  public void setFormat(String name) {
    ConsoleFormat chosen = name.isBlank() ? ConsoleFormat.AUTO : ConsoleFormat.find(name);
    if (chosen == null) {
      addWarn(ConsoleFormat.complaint("the format of the console", name) + "; using auto");
    }
    format = chosen == null ? ConsoleFormat.AUTO : chosen;
  }

  /**
   * Names the service in JSON, as {@link JsonEncoder#setService} does.
   *
   * @param service the name
   */
  public void setService(String service) {
    json.setService(service);
  }

  /**
   * Names the version of the service in JSON.
   *
   * @param version the version
   */
  public void setVersion(String version) {
    json.setVersion(version);
  }

  /**
   * Names the environment in JSON.
   *
   * @param environment the environment
   */
  public void setEnvironment(String environment) {
    json.setEnvironment(environment);
  }

  /**
   * Chooses the names of the fields in JSON, as {@link JsonEncoder#setSchema} does.
   *
   * @param name the schema
   */
  public void setSchema(String name) {
    json.setSchema(name);
  }

  @Override
  public void setContext(Context context) {
    super.setContext(context);
    json.setContext(context);
  }

  @Override
  public void start() {
    json.start();
    isText =
        format == ConsoleFormat.TEXT || (format == ConsoleFormat.AUTO && terminal.getAsBoolean());
    charset = isText ? Terminal.charset() : StandardCharsets.UTF_8;
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return isText ? text.of(event).getBytes(charset) : json.encode(event);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
