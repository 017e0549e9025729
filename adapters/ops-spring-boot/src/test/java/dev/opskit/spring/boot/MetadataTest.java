package dev.opskit.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** What editors complete. */
class MetadataTest {
  @Test
  void everyPropertyIsCompletedWithASentence() throws Exception {
    String json;
    try (InputStream file =
        MetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      json = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
    List<?> properties =
        (List<?>) JsonParserFactory.getJsonParser().parseMap(json).get("properties");
    TreeSet<String> areas = new TreeSet<>();
    for (Object property : properties) {
      Map<?, ?> entry = (Map<?, ?>) property;
      String name = String.valueOf(entry.get("name"));
      areas.add(name.split("\\.")[1]);
      assertTrue(String.valueOf(entry.get("description")).endsWith("."), name);
    }
    assertEquals(
        "[access-log, backup, endpoints, health, metrics, secrets, shutdown]", areas.toString());
  }
}
