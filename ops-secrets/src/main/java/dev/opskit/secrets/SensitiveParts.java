package dev.opskit.secrets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.masking.SensitiveValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What of a value is secret: all of it, and in JSON each string and number but those in fields that
 * are known to hold none.
 */
final class SensitiveParts {
  private static final Set<String> NOT_SECRET =
      Set.of(
          "username",
          "user",
          "host",
          "hostname",
          "endpoint",
          "port",
          "dbname",
          "database",
          "engine",
          "keyId",
          "key_id");

  private SensitiveParts() {}

  static Subscription register(SecretValue value, SensitiveValues sensitive) {
    List<Subscription> registered = new ArrayList<>();
    forEach(value, part -> registered.add(sensitive.register(part)));
    return () -> registered.forEach(Subscription::close);
  }

  /** Lends the whole value and each part of it that is secret; they are wiped afterwards. */
  static void forEach(SecretValue value, Consumer<byte[]> use) {
    value.withBytes(
        bytes -> {
          use.accept(bytes);
          forEachField(bytes, use);
          return bytes.length;
        });
  }

  private static void forEachField(byte[] json, Consumer<byte[]> use) {
    try (JsonParser parser = SecretJson.parser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean secret = parser.currentName() == null || !NOT_SECRET.contains(parser.currentName());
        if (secret && (token == JsonToken.VALUE_STRING || token.isNumeric())) {
          byte[] field = SecretJson.takeUtf8(parser);
          try {
            use.accept(field);
          } finally {
            Arrays.fill(field, (byte) 0);
          }
        }
      }
    } catch (IOException notJson) {
      // Then it has no fields; the whole value was used already.
    }
  }
}
