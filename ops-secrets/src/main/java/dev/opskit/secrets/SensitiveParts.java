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

/**
 * Registers what of a value must be masked: all of it, and in JSON each string and number but the
 * known ones.
 */
final class SensitiveParts {
  private static final Set<String> NOT_SECRET =
      Set.of("username", "user", "host", "hostname", "port", "dbname", "database", "engine");

  private SensitiveParts() {}

  static Subscription register(SecretValue value, SensitiveValues sensitive) {
    List<Subscription> registered = new ArrayList<>();
    value.withBytes(
        bytes -> {
          registered.add(sensitive.register(bytes));
          registerFields(bytes, sensitive, registered);
          return registered.size();
        });
    return () -> registered.forEach(Subscription::close);
  }

  private static void registerFields(
      byte[] json, SensitiveValues sensitive, List<Subscription> registered) {
    try (JsonParser parser = SecretJson.parser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean secret = parser.currentName() == null || !NOT_SECRET.contains(parser.currentName());
        if (secret && (token == JsonToken.VALUE_STRING || token.isNumeric())) {
          byte[] field = SecretJson.takeUtf8(parser);
          registered.add(sensitive.register(field));
          Arrays.fill(field, (byte) 0);
        }
      }
    } catch (IOException notJson) {
      // Then it has no fields; the whole value is registered already.
    }
  }
}
