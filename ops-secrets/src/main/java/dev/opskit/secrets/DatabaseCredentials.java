package dev.opskit.secrets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password out of one version of one secret, so that the two always fit together.
 * Close it after the login; that wipes its copy of the password.
 *
 * @param username the user
 * @param password the password
 */
public record DatabaseCredentials(String username, SecretValue password) implements AutoCloseable {

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
    try (JsonParser parser = SecretJson.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new SecretException.Malformed(ref, "is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING && field.equals("username")) {
          username = parser.getText();
        } else if (token == JsonToken.VALUE_STRING && field.equals("password")) {
          wipe(password);
          password = SecretJson.takeUtf8(parser);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new SecretException.Malformed(ref, "goes on after the JSON object");
      }
      if (username == null || password == null) {
        String missing = username == null ? "username" : "password";
        throw new SecretException.Malformed(ref, "has no string field '" + missing + "'");
      }
      return new DatabaseCredentials(username, SecretValue.take(ref, version, password));
    } catch (IOException notRepeated) {
      throw new SecretException.Malformed(ref, "is not valid JSON");
    } finally {
      wipe(password);
    }
  }

  private static void wipe(byte @Nullable [] password) {
    if (password != null) {
      Arrays.fill(password, (byte) 0);
    }
  }

  @Override
  public void close() {
    password.close();
  }
}
