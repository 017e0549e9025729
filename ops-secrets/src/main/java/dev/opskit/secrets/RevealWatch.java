package dev.opskit.secrets;

/** Told of each String that is made of a secret; never throws and never waits. */
@FunctionalInterface
interface RevealWatch {
  void revealed(SecretRef ref, String version, String reason);
}
