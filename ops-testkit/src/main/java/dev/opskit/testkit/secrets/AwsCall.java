package dev.opskit.testkit.secrets;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One request, which is exactly as AWS JSON 1.1 wants it. That a signature is there is checked,
 * with its form and its service; not that it is right.
 */
record AwsCall(String operation, Map<String, Object> fields) {
  static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String TARGET = "secretsmanager.";

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException if it is another protocol; says how, and no value
   */
  static AwsCall read(HttpExchange exchange, byte[] body) throws IOException {
    require("method", "POST", exchange.getRequestMethod());
    require("path", "/", exchange.getRequestURI().toString());
    require("content type", CONTENT_TYPE, header(exchange, "Content-Type"));
    require("operation", "secretsmanager\\.[A-Za-z]+", header(exchange, "X-Amz-Target"));
    require(
        "signature",
        "AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/[a-z0-9-]+/secretsmanager/aws4_request,"
            + " SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]+, Signature=[0-9a-f]{64}",
        header(exchange, "Authorization"));
    require("date", "\\d{8}T\\d{6}Z", header(exchange, "X-Amz-Date"));
    String operation = header(exchange, "X-Amz-Target").substring(TARGET.length());
    return new AwsCall(operation, AwsJson.object(body));
  }

  private static String header(HttpExchange exchange, String name) {
    List<String> values = exchange.getRequestHeaders().get(name);
    if (values == null || values.size() != 1) {
      throw new IllegalArgumentException("the header " + name + " is not there exactly once");
    }
    return values.get(0);
  }

  private static void require(String what, String pattern, String actual) {
    if (!actual.matches(pattern)) {
      throw new IllegalArgumentException("the " + what + " is " + actual);
    }
  }

  /** Refuses what the operation does not have, or this fake does not. */
  void allow(String... names) {
    Set<String> others = new TreeSet<>(fields.keySet());
    others.removeAll(Set.of(names));
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(operation + " is not known with " + others);
    }
  }

  String text(String name) {
    return optional(name)
        .orElseThrow(() -> AwsError.parameter("The parameter " + name + " is missing."));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(typed(name, String.class));
  }

  Optional<byte[]> binary(String name) {
    return optional(name).map(Base64.getDecoder()::decode);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(typed(name, Boolean.class));
  }

  Optional<Long> number(String name) {
    return Optional.ofNullable(typed(name, Long.class));
  }

  List<String> list(String name) {
    List<?> elements = typed(name, List.class);
    return elements == null ? List.of() : elements.stream().map(String.class::cast).toList();
  }

  private <T> @Nullable T typed(String name, Class<T> type) {
    Object value = fields.get(name);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(
          "the field " + name + " is no " + type.getSimpleName() + " in JSON");
    }
    return type.cast(value);
  }
}
