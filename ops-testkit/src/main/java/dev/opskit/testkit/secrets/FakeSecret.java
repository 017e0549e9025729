package dev.opskit.testkit.secrets;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A secret with its versions, and which of them carries which label. Confined to its vault. */
final class FakeSecret {
  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";

  final String name;
  final String arn;
  final Instant created;
  Instant changed;
  @Nullable Instant deletion;
  @Nullable Instant lastRotated;
  @Nullable Instant nextRotation;

  private final Map<String, Version> versions = new LinkedHashMap<>();
  private final Map<String, String> labels = new LinkedHashMap<>();

  record Version(String id, boolean isText, byte[] value, Instant created) {}

  FakeSecret(String name, String arn, Instant created) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.changed = created;
  }

  Optional<Version> version(String id) {
    return Optional.ofNullable(versions.get(id));
  }

  Optional<String> carrier(String label) {
    return Optional.ofNullable(labels.get(label));
  }

  /** The versions that carry a label; the service does not tell of others. */
  Map<String, List<String>> labelled() {
    Map<String, List<String>> byVersion = new LinkedHashMap<>();
    labels.forEach(
        (label, id) -> byVersion.computeIfAbsent(id, first -> new ArrayList<>()).add(label));
    return byVersion;
  }

  List<String> labelsOf(String id) {
    return labelled().getOrDefault(id, List.of());
  }

  void add(Version version) {
    versions.put(version.id(), version);
    changed = version.created();
  }

  /** Whoever loses AWSCURRENT becomes AWSPREVIOUS, as the service does it. */
  void move(String label, String toVersion) {
    String before = labels.put(label, toVersion);
    if (label.equals(CURRENT) && before != null && !before.equals(toVersion)) {
      labels.put(PREVIOUS, before);
    }
  }

  void unlabel(String label) {
    labels.remove(label);
  }
}
