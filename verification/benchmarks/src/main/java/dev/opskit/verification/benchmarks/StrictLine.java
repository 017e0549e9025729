package dev.opskit.verification.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Judges a line by a parser that refuses duplicate names. */
final class StrictLine {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private StrictLine() {}

  /** The text of the top-level field {@code message}, null if it has none. */
  static @Nullable String message(byte[] line) throws IOException {
    String message = null;
    int objects = 0;
    try (JsonParser parser = FACTORY.createParser(line)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          objects += depth++ == 0 ? 1 : 0;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (depth == 1
            && token == JsonToken.VALUE_STRING
            && isMessage(parser.currentName())) {
          message = parser.getText();
        }
      }
    }
    if (objects != 1) {
      throw new IOException(objects + " objects in a line");
    }
    return message;
  }

  private static boolean isMessage(@Nullable String name) {
    return "message".equals(name) || "formattedMessage".equals(name);
  }
}
