package dev.opskit.backup;

import dev.opskit.core.json.JsonWriter;

final class ManifestWriter {
  private ManifestWriter() {}

  static byte[] toJson(Manifest manifest) {
    BackupRecord record = manifest.record();
    JsonWriter json = new JsonWriter(4096);
    json.beginObject();
    json.name("version").value(Manifest.VERSION);
    json.name("kind").value(Manifest.word(record.kind()));
    json.name("id").value(record.id());
    json.name("source").value(record.source());
    json.name("format").value(record.format());
    json.name("startedAt").value(record.startedAt().toString());
    json.name("finishedAt").value(record.finishedAt().toString());
    json.name("compression").value(Manifest.word(manifest.compression()));
    if (manifest.isEncrypted()) {
      json.name("encryption").value(Manifest.ENCRYPTION);
      json.name("keys").beginArray();
      manifest.keys().forEach(key -> write(json, key));
      json.endArray();
    }
    record.suspicion().ifPresent(why -> json.name("suspicion").value(why));
    json.name("facts").beginObject();
    record.facts().forEach((name, value) -> json.name(name).value(value));
    json.endObject();
    json.name("streams").beginArray();
    manifest.streams().forEach(stream -> write(json, stream));
    json.endArray();
    return json.endObject().newline().toByteArray();
  }

  private static void write(JsonWriter json, WrappedKey key) {
    json.beginObject();
    json.name("keyId").value(key.keyId());
    json.name("ciphertext").value(key.ciphertext());
    json.endObject();
  }

  private static void write(JsonWriter json, StreamEntry stream) {
    json.beginObject();
    json.name("name").value(stream.name());
    json.name("plainBytes").value(stream.plainBytes());
    json.name("storedBytes").value(stream.storedBytes());
    json.name("sha256").value(stream.sha256());
    json.name("chunks").beginArray();
    for (ChunkEntry chunk : stream.chunks()) {
      json.beginObject();
      json.name("plainBytes").value(chunk.plainBytes());
      json.name("storedBytes").value(chunk.storedBytes());
      json.name("sha256").value(chunk.sha256());
      json.endObject();
    }
    json.endArray().endObject();
  }
}
