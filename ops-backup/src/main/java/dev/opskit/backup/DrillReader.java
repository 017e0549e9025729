package dev.opskit.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.opskit.backup.DrillEvidence.Check;
import dev.opskit.backup.DrillEvidence.Outcome;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what {@link EvidenceJson#entry} has written. Unknown fields are passed over. */
final class DrillReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, String> facts = new TreeMap<>();
  private final List<Check> checks = new ArrayList<>();

  private DrillReader() {}

  /** Throws {@link BackupCorruptException} for everything that is no entry of the source. */
  static DrillEvidence read(byte[] json, String source) {
    DrillReader reader = new DrillReader();
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          reader.value(parser);
        }
      }
      return reader.drill(source);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new BackupCorruptException("not an entry of a drill: " + e.getMessage(), e);
    }
  }

  private void value(JsonParser parser) throws IOException {
    JsonStreamContext context = parser.getParsingContext();
    String owner = context.getParent() == null ? null : context.getParent().getCurrentName();
    if (owner == null) {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        fields.put(parser.currentName(), parser.getText());
      }
    } else if (owner.equals("facts")) {
      facts.put(parser.currentName(), parser.getText());
    } else if (owner.equals("checks")) {
      checks.add(Check.valueOf(upper(parser.getText())));
    }
  }

  private DrillEvidence drill(String source) {
    if (!required("version").equals(Integer.toString(Manifest.VERSION))) {
      throw new BackupCorruptException("an entry of version " + required("version"));
    }
    if (!required("source").equals(source)) {
      throw new BackupCorruptException("an entry of " + required("source"));
    }
    return new DrillEvidence(
        required("drill"),
        Outcome.valueOf(upper(required("outcome"))),
        required("backup"),
        Instant.parse(required("begunAt")),
        required("by"),
        Duration.ofMillis(Long.parseLong(required("tookMillis"))),
        Optional.ofNullable(fields.get("predictedMillis"))
            .map(Long::parseLong)
            .map(Duration::ofMillis),
        Long.parseLong(required("plainBytes")),
        required("manifestSha256"),
        Optional.ofNullable(fields.get("verified"))
            .map(level -> VerificationLevel.valueOf(upper(level))),
        checks,
        facts,
        required("note"));
  }

  private String required(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new BackupCorruptException("an entry without " + name);
    }
    return value;
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
