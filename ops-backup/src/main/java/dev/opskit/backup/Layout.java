package dev.opskit.backup;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a source's backups are in the store.
 *
 * <p>A manifest's name carries the SHA-256 of its content: a changed manifest no longer fits its
 * name, and nothing has to be stored beside it to notice.
 */
record Layout(String source) {
  static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  static final Pattern STREAM = Pattern.compile("[a-z0-9-]{1,64}");
  private static final String MANIFEST_SUFFIX = ".json";

  record ManifestName(String id, String sha256, BlobKey key) {}

  BlobKey chunk(String id, String stream, int index) {
    return new BlobKey(
        String.format(Locale.ROOT, "v1/%s/chunks/%s/%s/%08d.zst", source, id, stream, index + 1));
  }

  BlobKey manifest(String id, String sha256) {
    return new BlobKey(manifests() + id + "." + sha256 + MANIFEST_SUFFIX);
  }

  String manifests() {
    return "v1/" + source + "/manifests/";
  }

  Optional<ManifestName> parseManifest(BlobKey key) {
    return Optional.ofNullable(parse(key));
  }

  private @Nullable ManifestName parse(BlobKey key) {
    String name = key.value();
    if (!name.startsWith(manifests()) || !name.endsWith(MANIFEST_SUFFIX)) {
      return null;
    }
    String stem = name.substring(manifests().length(), name.length() - MANIFEST_SUFFIX.length());
    int dot = stem.indexOf('.');
    if (dot < 0) {
      return null;
    }
    String id = stem.substring(0, dot);
    String sha256 = stem.substring(dot + 1);
    return BackupId.isValid(id) && Sha256.isHex(sha256) ? new ManifestName(id, sha256, key) : null;
  }
}
