package dev.opskit.backup;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Gives a {@link BackupStrategy} back what it dumped. Valid for one run. Thread-safe. */
public interface BackupSource {

  /**
   * What {@link BackupStrategy#dump} returned.
   *
   * @return unmodifiable, in the order it was given
   */
  Map<String, String> facts();

  /**
   * The names of the streams.
   *
   * @return in the order in which they were begun
   */
  List<String> streams();

  /**
   * Opens a stream at its beginning. No byte of a chunk is handed on before the whole chunk was
   * checked against the manifest; reading throws {@link BackupCorruptException} at the first that
   * does not fit, and at the end if the whole does not.
   *
   * @param name one of {@link #streams()}
   * @return the stream, confined to one thread; the caller closes it
   * @throws BackupCorruptException if the backup has no such stream
   */
  InputStream open(String name);
}
