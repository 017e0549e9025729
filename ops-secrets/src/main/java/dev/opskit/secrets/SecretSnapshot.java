package dev.opskit.secrets;

import java.time.Duration;

/**
 * A value with what is known of it at one moment; all of it is of one version.
 *
 * @param <T> the value's type
 * @param value stays the {@link OpsSecrets}'s to wipe
 * @param version what the store calls the version
 * @param age time since the store last confirmed that the version is the one to use
 * @param state {@link SecretState#FRESH} or {@link SecretState#STALE}
 */
public record SecretSnapshot<T>(T value, String version, Duration age, SecretState state) {
  /** Never the value, whatever its own text says. */
  @Override
  public String toString() {
    return "SecretSnapshot[version " + version + ", " + state + ", " + age + " old, ***]";
  }
}
