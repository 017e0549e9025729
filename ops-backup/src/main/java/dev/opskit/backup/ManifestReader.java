package dev.opskit.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a manifest. Fields that are not known are passed over, so that later ones can be added. */
final class ManifestReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;

  private ManifestReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Throws {@link BackupCorruptException} for everything that is not a manifest. */
  static Manifest read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      ManifestReader reader = new ManifestReader(parser);
      reader.expect(parser.nextToken(), JsonToken.START_OBJECT);
      Manifest manifest = reader.manifest();
      if (parser.nextToken() != null) {
        throw new BackupCorruptException("text after the manifest");
      }
      return manifest;
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new BackupCorruptException("not a manifest: " + e.getMessage(), e);
    }
  }

  private Manifest manifest() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, String> facts = new LinkedHashMap<>();
    List<WrappedKey> keys = new ArrayList<>();
    List<StreamEntry> streams = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "facts" -> facts.putAll(texts(token));
        case "keys" -> keys(token, keys);
        case "streams" -> streams(token, streams);
        default -> {
          texts.put(name, parser.getText());
          parser.skipChildren();
          // At once: what follows in a manifest of another version may look different.
          requireVersion(required(texts, "version"));
        }
      }
    }
    requireEncryption(texts.get("encryption"), keys);
    return new Manifest(
        record(texts, facts, streams),
        Manifest.compression(required(texts, "compression")),
        keys,
        streams);
  }

  private static BackupRecord record(
      Map<String, String> texts, Map<String, String> facts, List<StreamEntry> streams) {
    return new BackupRecord(
        required(texts, "id"),
        required(texts, "source"),
        Manifest.kind(required(texts, "kind")),
        required(texts, "format"),
        Instant.parse(required(texts, "startedAt")),
        Instant.parse(required(texts, "finishedAt")),
        streams.stream().mapToLong(StreamEntry::plainBytes).sum(),
        streams.stream().mapToLong(StreamEntry::storedBytes).sum(),
        streams.stream().mapToInt(s -> s.chunks().size()).sum(),
        facts,
        Optional.ofNullable(texts.get("suspicion")));
  }

  private void streams(JsonToken token, List<StreamEntry> into) throws IOException {
    expect(token, JsonToken.START_ARRAY);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> texts = new LinkedHashMap<>();
      List<ChunkEntry> chunks = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("chunks")) {
          chunks(value, chunks);
        } else {
          texts.put(name, parser.getText());
        }
        parser.skipChildren();
      }
      StreamEntry stream = new StreamEntry(required(texts, "name"), chunks);
      if (!stream.sha256().equals(required(texts, "sha256"))) {
        throw new BackupCorruptException(
            "stream " + stream.name() + " does not have the chunks that it was stored with");
      }
      into.add(stream);
    }
  }

  private void chunks(JsonToken token, List<ChunkEntry> into) throws IOException {
    expect(token, JsonToken.START_ARRAY);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> fields = texts(JsonToken.START_OBJECT);
      into.add(
          new ChunkEntry(
              Long.parseLong(required(fields, "plainBytes")),
              Long.parseLong(required(fields, "storedBytes")),
              required(fields, "sha256")));
    }
  }

  private void keys(JsonToken token, List<WrappedKey> into) throws IOException {
    expect(token, JsonToken.START_ARRAY);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Map<String, String> fields = texts(JsonToken.START_OBJECT);
      into.add(new WrappedKey(required(fields, "keyId"), required(fields, "ciphertext")));
    }
  }

  private Map<String, String> texts(JsonToken token) throws IOException {
    expect(token, JsonToken.START_OBJECT);
    Map<String, String> texts = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      texts.put(name, parser.getText());
      parser.skipChildren();
    }
    return texts;
  }

  private void expect(JsonToken actual, JsonToken expected) {
    if (actual != expected) {
      throw new BackupCorruptException("not a manifest: " + actual + " instead of " + expected);
    }
  }

  private static void requireVersion(String version) {
    if (!version.equals(Integer.toString(Manifest.VERSION))) {
      throw new BackupRefusedException(
          "the manifest is of version %s, this library reads version %d"
              .formatted(version, Manifest.VERSION));
    }
  }

  private static void requireEncryption(@Nullable String encryption, List<WrappedKey> keys) {
    boolean known = encryption == null || encryption.equals(Manifest.ENCRYPTION);
    if (!known || keys.isEmpty() != (encryption == null)) {
      throw new BackupCorruptException(
          "unknown encryption %s with %d keys".formatted(encryption, keys.size()));
    }
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new BackupCorruptException("not a manifest: it has no field " + name);
    }
    return value;
  }
}
