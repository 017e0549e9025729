package dev.opskit.logging;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a line are called. A field without a name is not written; everything that the
 * schema has no name for (key-values, context, MDC) follows flat, under its own name.
 */
enum Schema {
  OPS(
      "timestamp",
      null,
      "level",
      null,
      List.of("service", "version", "environment"),
      List.of("correlationId", "requestId"),
      null,
      List.of("logger", "thread", "markers"),
      List.of("error", "type", "message", "stack", "hash", "count"),
      Set.of()),
  ECS(
      "@timestamp",
      "\"ecs.version\":\"8.11.0\"",
      "log.level",
      null,
      List.of("service.name", "service.version", "service.environment"),
      List.of("labels.correlation_id", "http.request.id"),
      "trace.id",
      List.of("log.logger", "process.thread.name", "tags"),
      List.of(
          "",
          "error.type",
          "error.message",
          "error.stack_trace",
          "error.stack_hash",
          "error.stack_count"),
      EcsFieldSets.NAMES),
  LOGSTASH(
      "@timestamp",
      "\"@version\":\"1\"",
      "level",
      "level_value",
      List.of("service", "version", "environment"),
      List.of("correlationId", "requestId"),
      null,
      List.of("logger_name", "thread_name", "tags"),
      List.of("", "", "", "stack_trace", "stack_hash", "stack_count"),
      Set.of());

  final byte[] begin;
  final String level;
  final @Nullable String levelValue;

  /** Where the fixed part, level and service, ends the timestamp's string. */
  final byte @Nullable [] constant;

  final List<String> service;
  final String idName;
  final String requestIdName;
  final byte[] id;
  final byte[] requestId;
  final byte @Nullable [] trace;
  final byte[] logger;
  final byte[] thread;
  final byte[] message = Ascii.field("message");
  final FieldName markers;
  final byte @Nullable [] errorType;
  final byte @Nullable [] errorMessage;
  final byte[] errorStack;
  final byte[] errorHash;
  final byte[] errorCount;
  final boolean nestsError;
  final Set<String> reserved;

  Schema(
      String timestamp,
      @Nullable String constant,
      String level,
      @Nullable String levelValue,
      List<String> service,
      List<String> ids,
      @Nullable String trace,
      List<String> origin,
      List<String> error,
      Set<String> foreign) {
    this.begin = Ascii.bytes("{\"" + timestamp + "\":\"");
    this.level = level;
    this.levelValue = levelValue;
    this.constant = constant == null ? null : Ascii.bytes("," + constant);
    this.service = service;
    this.idName = ids.get(0);
    this.requestIdName = ids.get(1);
    this.id = Ascii.field(ids.get(0));
    this.requestId = Ascii.field(ids.get(1));
    this.trace = trace == null ? null : Ascii.field(trace);
    this.logger = Ascii.field(origin.get(0));
    this.thread = Ascii.field(origin.get(1));
    this.markers = new FieldName(origin.get(2), false);
    this.nestsError = !error.get(0).isEmpty();
    this.errorType = field(error.get(1), nestsError ? ",\"error\":{" : ",");
    this.errorMessage = field(error.get(2), ",");
    this.errorStack = Ascii.field(error.get(3));
    this.errorHash = Ascii.field(error.get(4));
    this.errorCount = Ascii.field(error.get(5));
    Set<String> names = new HashSet<>(foreign);
    names.addAll(Arrays.asList(timestamp, level, "message", "repaired"));
    names.addAll(service);
    names.addAll(ids);
    names.addAll(origin);
    names.addAll(nestsError ? List.of("error") : error);
    names.addAll(levelValue == null ? List.of() : List.of(levelValue));
    names.addAll(trace == null ? List.of() : List.of(trace));
    names.addAll(constant == null ? List.of() : List.of(constant.split("\"")[1]));
    this.reserved = Set.copyOf(names);
  }

  /** The schema of that name in any case, or null if there is none. */
  static @Nullable Schema find(String name) {
    String upper = name.trim().toUpperCase(Locale.ROOT);
    for (Schema schema : values()) {
      if (schema.name().equals(upper)) {
        return schema;
      }
    }
    return null;
  }

  static String complaint(String option, String name) {
    return option + " is '" + name + "', must be OPS, ECS or LOGSTASH";
  }

  private static byte @Nullable [] field(String name, String before) {
    return name.isEmpty() ? null : Ascii.bytes(before + '"' + name + "\":");
  }
}
