package dev.opskit.secrets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The strings and numbers of a flat JSON object while it is read; wiped after that. Other fields
 * are passed over. Errors name a field and never quote what is in one.
 */
final class SecretFields {
  private final SecretRef ref;
  private final SecretValue whole;
  private final Map<String, byte[]> texts = new LinkedHashMap<>();
  private final Map<String, byte[]> numbers = new LinkedHashMap<>();

  private SecretFields(SecretRef ref, SecretValue whole) {
    this.ref = ref;
    this.whole = whole;
  }

  /** Lends the fields. */
  static <R> R read(SecretRef ref, SecretValue whole, Function<SecretFields, R> use) {
    return whole.withBytes(
        json -> {
          SecretFields fields = new SecretFields(ref, whole);
          try {
            fields.parse(json);
            return use.apply(fields);
          } catch (IOException notRepeated) {
            throw new SecretException.Malformed(ref, "is not valid JSON");
          } finally {
            fields.wipe();
          }
        });
  }

  /** The field that a reference names, as a value of its own. */
  static SecretValue field(SecretRef ref, SecretValue whole) {
    String name = String.valueOf(ref.field());
    return read(ref.whole(), whole, fields -> fields.value(ref, List.of(name)));
  }

  private void parse(byte[] json) throws IOException {
    try (JsonParser parser = SecretJson.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new SecretException.Malformed(ref, "is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          put(texts, field, SecretJson.takeUtf8(parser));
        } else if (token.isNumeric()) {
          put(numbers, field, SecretJson.takeUtf8(parser));
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new SecretException.Malformed(ref, "goes on after the JSON object");
      }
    }
  }

  private static void put(Map<String, byte[]> into, String field, byte[] text) {
    byte[] before = into.put(field, text);
    if (before != null) {
      Arrays.fill(before, (byte) 0);
    }
  }

  /** The first of the names that is there with a string. */
  SecretValue value(List<String> names) {
    return value(ref, names);
  }

  private SecretValue value(SecretRef of, List<String> names) {
    return first(names, texts, (name, text) -> part(of, name, text));
  }

  String text(List<String> names) {
    return first(names, texts, (name, text) -> new String(text, StandardCharsets.UTF_8));
  }

  @Nullable String optionalText(List<String> names) {
    return names.stream().anyMatch(texts::containsKey) ? text(names) : null;
  }

  /** A port; 0 if there is none. */
  int optionalPort(List<String> names) {
    Map<String, byte[]> all = new LinkedHashMap<>(texts);
    all.putAll(numbers);
    if (names.stream().noneMatch(all::containsKey)) {
      return 0;
    }
    return first(
        names,
        all,
        (name, text) -> {
          String digits = new String(text, StandardCharsets.UTF_8);
          int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
          if (port < 1 || port > 65535) {
            throw new SecretException.Malformed(ref, "field '" + name + "' is no port, 1 to 65535");
          }
          return port;
        });
  }

  Set<String> names() {
    return texts.keySet();
  }

  private <R> R first(
      List<String> names, Map<String, byte[]> from, BiFunction<String, byte[], R> read) {
    for (String name : names) {
      byte[] text = from.get(name);
      if (text != null) {
        return read.apply(name, text);
      }
    }
    throw new SecretException.Malformed(ref, "has no string field '" + names.get(0) + "'");
  }

  private SecretValue part(SecretRef of, String name, byte[] text) {
    if (text.length == 0) {
      throw new SecretException.Malformed(ref, "field '" + name + "' is empty");
    }
    return whole.part(of, text.clone());
  }

  private void wipe() {
    texts.values().forEach(text -> Arrays.fill(text, (byte) 0));
    numbers.values().forEach(text -> Arrays.fill(text, (byte) 0));
  }
}
