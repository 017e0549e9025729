package dev.opskit.examples.orders.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A log file of the service, read as a log collector would: each line has to be JSON. */
final class LogFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  LogFile(Path file) {
    this.file = file;
  }

  List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the log " + file + " could not be read", e);
    }
  }

  /** The lines that belong to one request. */
  List<String> of(String correlationId) {
    return lines().stream()
        .filter(line -> field(line, "correlationId").equals(correlationId))
        .toList();
  }

  static String field(String line, String name) {
    try {
      JsonNode value = JSON.readTree(line).path(name);
      return value.asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + line, e);
    }
  }
}
