package dev.opskit.backup;

import dev.opskit.core.json.JsonWriter;

/**
 * What a collection puts in the place of the manifest of a run that it has given up. Always the
 * same bytes for the same run, so that several collections at once can all put it.
 */
final class Tombstone {
  private Tombstone() {}

  static byte[] of(String source, String id) {
    JsonWriter json = new JsonWriter(256);
    json.beginObject();
    json.name("version").value(Manifest.VERSION);
    json.name("kind").value("collected");
    json.name("id").value(id);
    json.name("source").value(source);
    return SealedJson.seal(json.endObject().newline().toByteArray());
  }
}
