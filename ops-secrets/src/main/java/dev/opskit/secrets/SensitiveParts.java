package dev.opskit.secrets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.masking.SensitiveValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Registers what of a value must be masked: all of it, and in JSON each string but the known ones.
 */
final class SensitiveParts {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> NOT_SECRET =
      Set.of("username", "user", "host", "hostname", "port", "dbname", "database", "engine");

  private SensitiveParts() {}

  static Subscription register(SecretValue value, SensitiveValues sensitive) {
    List<Subscription> registered = new ArrayList<>();
    value.withBytes(
        bytes -> {
          registered.add(sensitive.register(bytes));
          if (bytes[0] == '{') {
            registerStrings(bytes, sensitive, registered);
          }
          return registered.size();
        });
    return () -> registered.forEach(Subscription::close);
  }

  private static void registerStrings(
      byte[] json, SensitiveValues sensitive, List<Subscription> registered) {
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING
            && (parser.currentName() == null || !NOT_SECRET.contains(parser.currentName()))) {
          registered.add(sensitive.register(parser.getText().getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException notJson) {
      // Then it has no fields; the whole value is registered already.
    }
  }
}
