package dev.opskit.testkit.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of words in JSON: what Docker runs without a shell. */
final class ExecForm {
  private ExecForm() {}

  /** Empty if it is anything else, which Docker then hands to a shell. */
  static Optional<List<String>> of(String text) {
    List<String> words = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        words.add(parser.getText());
      }
      boolean isWhole = parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
      return isWhole && !words.isEmpty() ? Optional.of(words) : Optional.empty();
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }
}
