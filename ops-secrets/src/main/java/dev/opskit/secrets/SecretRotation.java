package dev.opskit.secrets;

/**
 * A secret has a new version, which is published already.
 *
 * @param ref which secret
 * @param oldVersion what the store calls the version before; it is wiped after its grace
 * @param newVersion what the store calls the one that is served now
 */
public record SecretRotation(SecretRef ref, String oldVersion, String newVersion) {}
