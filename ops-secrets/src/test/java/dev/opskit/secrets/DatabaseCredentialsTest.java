package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseCredentialsTest {
  private static final SecretRef REF = SecretRef.of("orders/database");

  @Test
  void userAndPasswordComeOutOfTheJsonThatAwsWrites() {
    SecretValue json =
        value(
            "{\"engine\":\"postgres\",\"port\":5432,\"tags\":[{\"password\":\"not this\"}],"
                + "\"username\":\"orders\",\"password\":\"p\\u00e4ss \\\"word\\\" \u2603\"}\n");

    DatabaseCredentials credentials = DatabaseCredentials.parse(REF, json);

    assertEquals("orders", credentials.username());
    assertTrue(credentials.password().matches("päss \"word\" ☃"));
    assertEquals("7", credentials.password().version());
  }

  @Test
  void theyOutliveTheSecretUntilTheyAreClosedThemselves() {
    SecretValue json = value("{\"username\":\"orders\",\"password\":\"hunter2hunter2\"}");
    DatabaseCredentials credentials = DatabaseCredentials.parse(REF, json);
    json.close();
    assertTrue(credentials.password().matches("hunter2hunter2"));

    credentials.close();

    assertThrows(SecretException.Closed.class, () -> credentials.password().reveal("a test"));
  }

  @Test
  void theirTextDoesNotShowThePassword() {
    String text =
        DatabaseCredentials.parse(
                REF, value("{\"username\":\"u\",\"password\":\"hunter2hunter2\"}"))
            .toString();
    assertFalse(text.contains("hunter2"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"username\":\"hunter2\"} | has no string field 'password'",
        "{\"password\":\"hunter2\"} | has no string field 'username'",
        "{\"username\":\"u\",\"password\":72} | has no string field 'password'",
        "{\"username\":\"u\",\"Password\":\"hunter2\"} | has no string field 'password'",
        "{\"username\":\"u\",\"password\":\"\"} | field 'password' is empty",
        "[\"hunter2\"] | is not a JSON object",
        "\"hunter2\" | is not a JSON object",
        "hunter2 | is not valid JSON",
        "{\"username\":\"u\",\"password\":\"hunter2 | is not valid JSON",
        "{\"username\":\"u\",\"password\":\"hunter2\" | is not valid JSON",
        "{\"username\":\"u\",\"password\":\"hunter2\\ud800\"} | is not valid JSON",
        "{\"username\":\"u\",\"password\":\"hunter2\"} {} | goes on after the JSON object",
        "{\"username\":\"u\",\"password\":\"hunter2\"} hunter2 | is not valid JSON",
      })
  void whatIsWrongIsSaidWithoutTheTextAndWithoutACause(String json, String why) {
    var e =
        assertThrows(
            SecretException.Malformed.class, () -> DatabaseCredentials.parse(REF, value(json)));

    assertEquals("secret 'orders/database' (CURRENT): " + why, e.getMessage());
    assertNull(e.getCause());
    assertEquals(0, e.getSuppressed().length);
  }

  private static SecretValue value(String text) {
    return SecretValue.take(REF, "7", text.getBytes(StandardCharsets.UTF_8));
  }
}
