package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MarkerFactory;

class MaskingTest {
  private static final String SECRET = "s3cr3t-\"quoted\"-value";

  private final Lines lines = new Lines(new SensitiveValues());

  @Test
  void aRegisteredValueIsNowhereInTheLine() {
    lines.sensitive.register(SECRET.getBytes(StandardCharsets.UTF_8));
    Exception cause = new Exception("refused: " + SECRET);
    Exception thrown = new Exception("a".repeat(990) + SECRET, cause);
    thrown.addSuppressed(new Exception(SECRET));
    lines
        .logger
        .atError()
        .addMarker(MarkerFactory.getMarker(SECRET))
        .addKeyValue("plain", SECRET)
        .addKeyValue("list", List.of(SECRET))
        .addKeyValue("map", Map.of(SECRET, Map.of("in", SECRET)))
        .addKeyValue(SECRET, 1)
        .addKeyValue("object", new StringBuilder("<" + SECRET + ">"))
        .setCause(thrown)
        .log("connecting with {} or " + SECRET, SECRET);
    Map<String, Object> line = lines.only();
    assertEquals("connecting with *** or ***", line.get("message"));
    assertEquals("***", line.get("plain"));
    assertFalse(lines.onlyText().contains("s3cr3t"), lines.onlyText());
  }

  @Test
  void aNumberThatIsRegisteredIsMaskedToo() {
    lines.sensitive.register("73529146".getBytes(StandardCharsets.UTF_8));
    lines.logger.atInfo().addKeyValue("pin", 73529146L).log("m");
    assertEquals("***", lines.only().get("pin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "db.password",
        "user_passwd",
        "Authorization",
        "accessToken",
        "api-key",
        "client_secret",
        "Set-Cookie",
        "privateKey",
        "credentials",
        "refresh_tokens"
      })
  void aValueIsHiddenByATellingName(String name) {
    lines.logger.atInfo().addKeyValue(name, "hunter2").addKeyValue("m", Map.of(name, 7)).log("m");
    Map<String, Object> line = lines.only();
    assertEquals("***", line.get(name));
    assertEquals(Map.of(name, "***"), line.get("m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenCount", "secretName", "keyboard", "author", "passenger"})
  void aHarmlessNameIsNotHidden(String name) {
    lines.logger.atInfo().addKeyValue(name, "seen").log("m");
    assertEquals("seen", lines.only().get(name));
  }

  @Test
  void bytesAndCharactersAreNeverPrinted() {
    lines.logger.atInfo().addKeyValue("key", "hunter2".toCharArray()).log("m");
    assertEquals("<char[]>", lines.only().get("key"));
    assertTrue(lines.onlyText().contains("<char[]>"));
  }
}
