package dev.opskit.backup;

/** How thoroughly a backup is looked at, each level including what the one before it looks at. */
public enum VerificationLevel {
  /** The manifest is sound and the store lists every chunk with its length. Reads no chunk. */
  EXISTS,
  /**
   * The store tells the SHA-256 of every chunk. Reads no chunk; only for a store that is a {@link
   * ChecksummedStore}.
   */
  CHECKSUMS,
  /** Every chunk is read and has its SHA-256, and so has every stream as a whole. */
  HASHES,
  /** The strategy, too, reads everything as a restore would. */
  ARCHIVE;

  /**
   * Whether a backup that was verified in this way may count for retention.
   *
   * @return true from {@link #HASHES} on: somebody has read every byte
   */
  public boolean counts() {
    return compareTo(HASHES) >= 0;
  }
}
