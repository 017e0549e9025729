package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final String HASH = "ab".repeat(32);

  @Test
  void whatIsWrittenIsReadBackEqual() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("z", "quote \" backslash \\ newline \n umlaut ü 😀");
    facts.put("a", "");
    Manifest manifest = manifest(facts);

    assertEquals(manifest, ManifestReader.read(ManifestWriter.toJson(manifest)));
  }

  @Test
  void theKeysOfAnEncryptedBackupAreReadBackEqual() {
    List<WrappedKey> keys = List.of(new WrappedKey("a", "QQ=="), new WrappedKey("b/c:1", "Qg=="));
    Manifest manifest = manifest(Map.of(), keys);

    Manifest read = ManifestReader.read(ManifestWriter.toJson(manifest));

    assertEquals(manifest, read);
    assertEquals(".zst.aes", read.suffix());
  }

  @Test
  void anEncryptionThatIsNotKnownIsRefused() {
    String encrypted =
        new String(
            ManifestWriter.toJson(manifest(Map.of(), List.of(new WrappedKey("a", "QQ==")))),
            StandardCharsets.UTF_8);
    for (String json :
        List.of(
            encrypted.replace("aes-256-gcm-64k", "rot13"),
            encrypted.replace("\"encryption\"", "\"encryptoin\""),
            encrypted.replace("\"keys\"", "\"keyz\""),
            encrypted.replace("\"QQ==\"", "\"?\""))) {
      assertThrows(BackupCorruptException.class, () -> ManifestReader.read(bytes(json)), json);
    }
  }

  @Test
  void fieldsOfALaterLibraryArePassedOver() {
    String json = json().replace("\"source\"", "\"later\":{\"deep\":[1,{}]},\"source\"");

    assertEquals(manifest(Map.of()), ManifestReader.read(bytes(json)));
  }

  @Test
  void anotherVersionIsRefusedAndNotCalledDamaged() {
    String json = json().replace("\"version\":1", "\"version\":2");

    var refusal =
        assertThrows(BackupRefusedException.class, () -> ManifestReader.read(bytes(json)));

    assertEquals(BackupRefusedException.class, refusal.getClass());
  }

  @Test
  void whatIsNoManifestIsRefused() {
    for (String json :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            json() + "{}",
            json().substring(0, json().length() - 3),
            json().replace("\"version\":1,", ""),
            json().replace("\"id\":", "\"di\":"),
            json().replace("\"zstd\"", "\"lz4\""),
            json().replace("\"source\"", "\"id\":\"twice\",\"source\""),
            json().replace("2026-01-01T00:00:00Z", "yesterday"),
            json().replace(HASH, "short"),
            json().replace(HASH, "cd".repeat(32)),
            json().replace("\"plainBytes\":7", "\"plainBytes\":99999999"),
            json().replace("\"storedBytes\":5", "\"storedBytes\":-5"),
            json().replace("\"chunks\":[", "\"chunks\":7,\"x\":["))) {
      assertThrows(BackupCorruptException.class, () -> ManifestReader.read(bytes(json)), json);
    }
  }

  private static String json() {
    return new String(ManifestWriter.toJson(manifest(Map.of())), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Manifest manifest(Map<String, String> facts) {
    return manifest(facts, List.of());
  }

  private static Manifest manifest(Map<String, String> facts, List<WrappedKey> keys) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    BackupRecord record =
        new BackupRecord(
            "20260101T000000000Z-0123456789abcdef",
            "orders",
            BackupRecord.Kind.REGULAR,
            "bytes",
            start,
            start.plusMillis(1),
            7,
            5,
            1,
            facts,
            Optional.empty());
    StreamEntry stream = new StreamEntry("a", List.of(new ChunkEntry(7, 5, HASH)));
    return new Manifest(record, Compression.Method.ZSTD, keys, List.of(stream));
  }
}
