package dev.opskit.secrets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** Finds one secret in an object of all; what is wrong with it is told without its text. */
final class SecretsInJson {
  private SecretsInJson() {}

  static byte[] find(SecretRef ref, byte[] json) {
    byte[] found = null;
    try (JsonParser parser = SecretJson.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed(ref);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isMeant = ref.id().equals(parser.currentName());
        parser.nextToken();
        byte[] value = value(ref, parser, json);
        if (isMeant && found == null) {
          found = value;
        } else {
          Arrays.fill(value, (byte) 0);
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw malformed(ref);
      }
    } catch (IOException quotesTheText) {
      throw malformed(ref);
    }
    if (found == null) {
      throw new SecretException.NotFound(ref, "the file has no such key");
    }
    return found;
  }

  private static byte[] value(SecretRef ref, JsonParser parser, byte[] json) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return SecretJson.takeUtf8(parser);
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      int from = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      return Arrays.copyOfRange(json, from, (int) parser.currentLocation().getByteOffset());
    }
    throw malformed(ref);
  }

  private static SecretException malformed(SecretRef ref) {
    return new SecretException.Malformed(
        ref, "the file is not one JSON object of strings and objects");
  }
}
