package dev.opskit.secrets;

/** Which version of a secret is meant while it is being rotated. */
public enum SecretStage {
  /** The one to use. */
  CURRENT,
  /** The one that is about to become current; a store without rotation does not have it. */
  PENDING,
  /** The one that was current before; a store without rotation does not have it. */
  PREVIOUS
}
