package dev.opskit.secrets;

/** How far the value that is served may be trusted to be the store's. */
public enum SecretState {
  /** The store confirmed it within the ttl, and nothing has failed since. */
  FRESH,
  /**
   * It could not be confirmed in time, or a newer one cannot be read; it is served all the same.
   */
  STALE,
  /** There is no value that may be served. */
  EXPIRED
}
