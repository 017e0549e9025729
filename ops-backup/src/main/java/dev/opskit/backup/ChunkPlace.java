package dev.opskit.backup;

/**
 * Which chunk of a backup.
 *
 * @param streamNumber in the order in which streams were begun, from 1
 * @param index from 0
 */
record ChunkPlace(String stream, int streamNumber, int index) {

  /** As it is in the name, from 1. */
  int number() {
    return index + 1;
  }

  @Override
  public String toString() {
    return "chunk " + number() + " of stream " + stream;
  }
}
