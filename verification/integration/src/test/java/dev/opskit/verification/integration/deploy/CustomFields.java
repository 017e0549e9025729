package dev.opskit.verification.integration.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The fields of custom resources that no model on Maven Central knows; the file names sources. */
final class CustomFields {
  private static final Map<String, Map<String, String>> TYPES = read();

  private CustomFields() {}

  private static Map<String, Map<String, String>> read() {
    Map<String, Map<String, String>> types = new LinkedHashMap<>();
    try (var in = CustomFields.class.getResourceAsStream("custom-fields.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                String[] typeAndFields = line.split(": ", 2);
                Map<String, String> fields = new LinkedHashMap<>();
                for (String field : typeAndFields[1].split(" ")) {
                  String[] nameAndType = field.split("=", 2);
                  fields.put(nameAndType[0], nameAndType.length == 1 ? "" : nameAndType[1]);
                }
                types.put(typeAndFields[0], fields);
              });
      return types;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean know(String kind) {
    return TYPES.containsKey(kind);
  }

  /** The paths of the fields that the type does not have. */
  static List<String> unknown(String type, JsonNode object) {
    List<String> unknown = new ArrayList<>();
    walk(type, object, "", unknown);
    return unknown;
  }

  private static void walk(String type, JsonNode node, String path, List<String> unknown) {
    Map<String, String> fields = TYPES.get(type);
    if (fields == null) {
      return;
    }
    if (node.isArray()) {
      node.forEach(item -> walk(type, item, path, unknown));
      return;
    }
    node.properties()
        .forEach(
            entry -> {
              String at = path + "/" + entry.getKey();
              if (fields.containsKey(entry.getKey())) {
                walk(fields.get(entry.getKey()), entry.getValue(), at, unknown);
              } else {
                unknown.add(at);
              }
            });
  }
}
