package dev.opskit.backup;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the parts of a source's backups are in the store.
 *
 * <p>The manifest of a backup has one name only, and the store gives a name once. So a run that
 * commits and a collection that has given the run up cannot both succeed, whatever their clocks
 * say: the second finds the name taken.
 */
record Layout(String source) {
  static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  static final Pattern STREAM = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern MARK = Pattern.compile("(\\d{8})\\.([a-z-]{1,32})");
  private static final Pattern DRILL =
      Pattern.compile("(\\d{8}T\\d{9}Z-[0-9a-f]{16})\\.([a-z-]{1,32})");
  private static final String SUFFIX = ".jsonl";

  record ManifestName(String id, BlobKey key) {}

  /** The word is any: a later library may know more of them. */
  record MarkName(String id, int number, String word) {}

  /** The word as above. */
  record DrillName(String drill, String word) {}

  BlobKey chunk(String id, String stream, int index, String suffix) {
    return new BlobKey(
        String.format(Locale.ROOT, "%s%s/%08d%s", chunks(id), stream, index + 1, suffix));
  }

  BlobKey manifest(String id) {
    return new BlobKey(manifests() + id + SUFFIX);
  }

  BlobKey mark(String id, int number, MarkKind kind) {
    return new BlobKey(
        String.format(Locale.ROOT, "%s%08d.%s%s", marks(id), number, kind.word(), SUFFIX));
  }

  BlobKey beat(String id, String time) {
    return new BlobKey(beats(id) + time + SUFFIX);
  }

  /** Always the same content, so that it can be put again and again. */
  BlobKey preflight() {
    return new BlobKey("v1/" + source + "/preflight.jsonl");
  }

  String chunks() {
    return "v1/" + source + "/chunks/";
  }

  String chunks(String id) {
    return chunks() + id + "/";
  }

  String manifests() {
    return "v1/" + source + "/manifests/";
  }

  String marks() {
    return "v1/" + source + "/marks/";
  }

  String marks(String id) {
    return marks() + id + "/";
  }

  String beats() {
    return "v1/" + source + "/runs/";
  }

  String beats(String id) {
    return beats() + id + "/";
  }

  String slots() {
    return "v1/" + source + "/slots/";
  }

  String slot(Instant slot) {
    return slots() + BackupId.time(slot) + "/";
  }

  BlobKey attempt(Instant slot, int number) {
    return new BlobKey(String.format(Locale.ROOT, "%s%04d%s", slot(slot), number, SUFFIX));
  }

  String drills() {
    return "v1/" + source + "/drills/";
  }

  BlobKey drill(DrillName name) {
    return new BlobKey(drills() + name.drill() + "." + name.word() + SUFFIX);
  }

  Optional<DrillName> parseDrill(BlobKey key) {
    return stem(key, drills())
        .map(DRILL::matcher)
        .filter(Matcher::matches)
        .map(m -> new DrillName(m.group(1), m.group(2)));
  }

  String recoveries() {
    return "v1/" + source + "/recoveries/";
  }

  BlobKey recovery(int number) {
    return new BlobKey(String.format(Locale.ROOT, "%s%08d%s", recoveries(), number, SUFFIX));
  }

  BlobKey attemptBeat(Instant slot, int number, int beat) {
    return new BlobKey(
        String.format(Locale.ROOT, "%s%04d.%06d%s", slot(slot), number, beat, SUFFIX));
  }

  Optional<ManifestName> parseManifest(BlobKey key) {
    return stem(key, manifests()).filter(BackupId::isValid).map(id -> new ManifestName(id, key));
  }

  Optional<MarkName> parseMark(BlobKey key) {
    return ownerOf(key, marks())
        .flatMap(
            id ->
                stem(key, marks(id))
                    .map(MARK::matcher)
                    .filter(Matcher::matches)
                    .map(m -> new MarkName(id, Integer.parseInt(m.group(1)), m.group(2))));
  }

  /** When a sign of life was given. */
  Optional<String> parseBeat(BlobKey key, String id) {
    return stem(key, beats(id)).filter(BackupId::isTime);
  }

  /** What a blob in a folder is called there. */
  Optional<String> nameIn(BlobKey key, String folder) {
    return stem(key, folder);
  }

  /** Whose part a blob below the folder is. */
  Optional<String> ownerOf(BlobKey key, String folder) {
    String name = key.value();
    int end = name.indexOf('/', folder.length());
    if (!name.startsWith(folder) || end < 0) {
      return Optional.empty();
    }
    return Optional.of(name.substring(folder.length(), end)).filter(BackupId::isValid);
  }

  private static Optional<String> stem(BlobKey key, String folder) {
    String name = key.value();
    if (!name.startsWith(folder)
        || !name.endsWith(SUFFIX)
        || name.length() < folder.length() + SUFFIX.length()) {
      return Optional.empty();
    }
    return Optional.of(name.substring(folder.length(), name.length() - SUFFIX.length()));
  }
}
