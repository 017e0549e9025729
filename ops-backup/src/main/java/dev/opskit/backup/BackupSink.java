package dev.opskit.backup;

import java.io.OutputStream;

/** Takes what a {@link BackupStrategy} dumps. Valid for one run. Thread-safe. */
public interface BackupSink {

  /**
   * Begins one of the streams that make up the backup. Bytes are held back until a chunk is full,
   * so each open stream costs up to 16 MiB of memory. A chunk is stored while the next one is
   * written.
   *
   * <p>Writing and closing throw {@link BackupException} when the store has failed; closing waits
   * until all is stored. A stream is confined to one thread and must be closed before {@link
   * BackupStrategy#dump} returns; closing says nothing about completeness, returning does.
   *
   * @param name {@code [a-z0-9-]{1,64}}, unique in the backup
   * @return the stream
   */
  OutputStream stream(String name);
}
