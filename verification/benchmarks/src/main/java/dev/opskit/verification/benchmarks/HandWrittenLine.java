package dev.opskit.verification.benchmarks;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.slf4j.event.KeyValuePair;

/**
 * About the least that a line can cost: its characters are appended one by one to an array that is
 * kept, with nothing escaped, checked, masked or limited, and copied out.
 */
final class HandWrittenLine implements Function<Object, byte[]> {
  private static final byte[] HEAD =
      ("\"level\":\"INFO\",\"service\":\"orders\",\"version\":\"1.2.3\","
              + "\"environment\":\"production\",\"logger\":\"")
          .getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes = new byte[65_536];
  private int size;

  @Override
  public byte[] apply(Object object) {
    LoggingEvent event = (LoggingEvent) object;
    size = 0;
    append("{\"timestamp\":\"2026-11-24T18:14:40.067Z\",");
    System.arraycopy(HEAD, 0, bytes, size, HEAD.length);
    size += HEAD.length;
    append(event.getLoggerName());
    append("\",\"thread\":\"");
    append(event.getThreadName());
    append("\",\"message\":\"");
    append(event.getFormattedMessage());
    append("\"");
    for (KeyValuePair pair : event.getKeyValuePairs()) {
      field(pair.key, String.valueOf(pair.value));
    }
    event.getMDCPropertyMap().forEach(this::field);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      append(",\"error\":{\"type\":\"");
      append(thrown.getClassName());
      append("\",\"message\":\"");
      append(thrown.getMessage());
      append("\",\"stack\":\"");
      for (IThrowableProxy one = thrown; one != null; one = one.getCause()) {
        stack(one);
      }
      append("\"}");
    }
    append("}\n");
    return Arrays.copyOf(bytes, size);
  }

  private void field(String name, String value) {
    append(",\"");
    append(name);
    append("\":\"");
    append(value);
    append("\"");
  }

  private void stack(IThrowableProxy thrown) {
    append(thrown.getClassName());
    append(": ");
    append(thrown.getMessage());
    append("\\n");
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    int own = frames.length - thrown.getCommonFrames();
    for (int i = 0; i < own; i++) {
      append("\\t");
      append(frames[i].getSTEAsString());
      append("\\n");
    }
  }

  private void append(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) text.charAt(i);
    }
    size += length;
  }
}
