package dev.opskit.verification.benchmarks;

import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.slf4j.event.KeyValuePair;

/** Gives each encoder values that break encoders, and prints what came of it. */
public final class LogHostileTable {
  private LogHostileTable() {}

  /**
   * Prints a table for the documentation.
   *
   * @param args none
   */
  public static void main(String[] args) {
    StringBuilder table = new StringBuilder("| value of a field |");
    for (LogPeer peer : LogPeer.values()) {
      table.append(' ').append(peer).append(" |");
    }
    table.append("\n|---|").append("---|".repeat(LogPeer.values().length)).append('\n');
    row(table, "name used twice", "x");
    for (Map.Entry<String, Object> value : HostileValues.all().entrySet()) {
      row(table, value.getKey(), value.getValue());
    }
    System.out.print(table);
  }

  private static void row(StringBuilder table, String name, Object value) {
    table.append("| ").append(name).append(" |");
    for (LogPeer peer : LogPeer.values()) {
      table.append(' ').append(outcome(peer, name, value)).append(" |");
    }
    table.append('\n');
  }

  private static String outcome(LogPeer peer, String name, Object value) {
    String field = name.equals("name used twice") ? "message" : "field";
    Object event = peer == LogPeer.LOG4J ? log4j(field, value) : logback(field, value);
    byte[] line;
    try {
      line = peer.encoder().apply(event);
    } catch (Throwable t) {
      return "throws " + t.getClass().getSimpleName();
    }
    if (line == null || line.length == 0) {
      return "lost";
    }
    try {
      StrictLine.message(line);
    } catch (JsonProcessingException e) {
      return String.valueOf(e.getMessage()).contains("Duplicate") ? "duplicate name" : "not JSON";
    } catch (IOException e) {
      return "lost";
    }
    String text = new String(line, StandardCharsets.UTF_8);
    boolean hasField = field.equals("message") || text.contains("\"field");
    return !hasField ? "field missing" : line.length > 1 << 19 ? "valid, 1 MB" : "valid";
  }

  private static LoggingEvent logback(String field, Object value) {
    LoggingEvent event = new LogEvents().logback(false);
    event.setKeyValuePairs(List.of(new KeyValuePair(field, value)));
    return event;
  }

  /** Its field is one of the context data. */
  private static LogEvent log4j(String field, Object value) {
    SortedArrayStringMap data = new SortedArrayStringMap();
    data.putValue(field, value);
    return new Log4jLogEvent.Builder(new LogEvents().log4j(false)).setContextData(data).build();
  }
}
