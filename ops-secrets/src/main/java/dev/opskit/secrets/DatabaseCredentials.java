package dev.opskit.secrets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password out of one version of one secret, so that the two always fit together.
 * Close it after the login; that wipes its copy of the password.
 *
 * @param username the user
 * @param password the password
 */
public record DatabaseCredentials(String username, SecretValue password) implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads {@code {"username":…,"password":…}}, the form that AWS Secrets Manager gives to database
   * secrets; other fields are ignored.
   *
   * @param ref the secret, for the error
   * @param value its value; stays the caller's
   * @return credentials of their own
   * @throws SecretException.Malformed if it is not of that form; names the field, not the text
   */
  static DatabaseCredentials parse(SecretRef ref, SecretValue value) {
    return value.withBytes(bytes -> parse(ref, value.version(), bytes));
  }

  private static DatabaseCredentials parse(SecretRef ref, String version, byte[] json) {
    String username = null;
    byte[] password = null;
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new SecretException.Malformed(ref, "is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING && field.equals("username")) {
          username = parser.getText();
        } else if (token == JsonToken.VALUE_STRING && field.equals("password")) {
          password = parser.getText().getBytes(StandardCharsets.UTF_8);
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException notRepeated) {
      throw new SecretException.Malformed(ref, "is not valid JSON");
    }
    require(ref, "username", username);
    require(ref, "password", password);
    return new DatabaseCredentials(
        String.valueOf(username),
        SecretValue.take(ref, version, password == null ? new byte[0] : password));
  }

  private static void require(SecretRef ref, String field, @Nullable Object value) {
    if (value == null) {
      throw new SecretException.Malformed(ref, "has no string field '" + field + "'");
    }
  }

  @Override
  public void close() {
    password.close();
  }
}
