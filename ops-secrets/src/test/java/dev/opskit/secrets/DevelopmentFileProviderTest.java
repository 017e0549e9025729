package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentFileProviderTest {
  private static final String ALL =
      """
      {"orders/key": "hünter2\\n", "orders/database": {"username": "ü", "password": "{}"}}
      """;

  @TempDir private Path folder;

  @Test
  void aStringIsTheValueAndAnObjectIsItsText() throws IOException {
    SecretProvider provider = provider(ALL);
    assertTrue(provider.fetch(SecretRef.of("orders/key")).matches("hünter2\n"));
    assertTrue(
        provider
            .fetch(SecretRef.of("orders/database"))
            .matches("{\"username\": \"ü\", \"password\": \"{}\"}"));
  }

  @Test
  void anEditIsSeenAsANewVersionOfWhatWasEdited() throws IOException {
    SecretProvider provider = provider("{\"a\": \"one\", \"b\": \"same\"}");
    String before = provider.fetch(SecretRef.of("a")).version();
    assertEquals(before, provider.fetch(SecretRef.of("a")).version());
    provider("{\"a\": \"two\", \"b\": \"same\"}");
    assertTrue(provider.fetch(SecretRef.of("a")).matches("two"));
    assertNotEquals(before, provider.fetch(SecretRef.of("a")).version());
  }

  @Test
  void whatIsNotInItIsNotFound() throws IOException {
    SecretProvider provider = provider(ALL);
    var pending = new SecretRef("orders/key", SecretStage.PENDING);
    assertThrows(SecretException.NotFound.class, () -> provider.fetch(SecretRef.of("password")));
    assertThrows(SecretException.NotFound.class, () -> provider.fetch(pending));
    Files.delete(folder.resolve("secrets.json"));
    assertThrows(SecretException.NotFound.class, () -> provider.fetch(SecretRef.of("orders/key")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2hunter2",
        "[\"hunter2\"]",
        "{\"a\": \"hunter2\"",
        "{\"a\": \"hunter2\"} {}",
        "{\"a\": 17, \"b\": \"hunter2\"}",
        "{\"b\": hunter2}",
        "{\"b\": {\"c\": hunter2}}",
      })
  void whatIsNoObjectOfSecretsIsMalformedAndNotQuoted(String content) throws IOException {
    SecretProvider provider = provider(content);
    var e = assertThrows(SecretException.Malformed.class, () -> provider.fetch(SecretRef.of("a")));
    assertFalse(e.toString().contains("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-----w-", "rw------x", "rw----r--"})
  void aFileThatIsNotItsOwnersAloneIsRefusedWithTheMend(String mode) throws IOException {
    SecretProvider provider = provider(ALL);
    Modes.set(folder.resolve("secrets.json"), mode);
    var e =
        assertThrows(
            SecretException.AccessDenied.class, () -> provider.fetch(SecretRef.of("orders/key")));
    assertTrue(e.getMessage().endsWith("chmod 600 it"), e.getMessage());
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws IOException {
    SecretProvider provider = provider(ALL);
    assumeTrue(ProcessUser.uid().equals(OptionalInt.of(0)), "only the superuser gives files away");
    Files.setAttribute(folder.resolve("secrets.json"), "unix:uid", 12_345);
    var e =
        assertThrows(
            SecretException.AccessDenied.class, () -> provider.fetch(SecretRef.of("orders/key")));
    assertTrue(e.getMessage().contains("belongs to another user"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KUBERNETES_SERVICE_HOST",
        "ECS_CONTAINER_METADATA_URI_V4",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      })
  void inAClusterItIsNotMadeUnlessItIsForced(String marker) throws IOException {
    provider(ALL);
    Path file = folder.resolve("secrets.json");
    var e =
        assertThrows(
            IllegalStateException.class,
            () -> DevelopmentFileProvider.of(file, Map.of(marker, "10.0.0.1")::get));
    assertTrue(e.getMessage().contains(marker), e.getMessage());
    assertFalse(e.getMessage().contains("10.0.0.1"), e.getMessage());
    var forced = DevelopmentFileProvider.evenInACluster(file);
    assertTrue(forced.fetch(SecretRef.of("orders/key")).matches("hünter2\n"));
  }

  private SecretProvider provider(String content) throws IOException {
    Path file = folder.resolve("secrets.json");
    Files.deleteIfExists(file);
    Modes.set(Files.writeString(file, content), "rw-------");
    return DevelopmentFileProvider.of(file, Map.<String, String>of()::get);
  }
}
