package dev.opskit.backup;

import java.io.IOException;
import java.util.List;

/** A target for a while. Confined to the thread that got it, and closed by it. */
public interface Scratch extends AutoCloseable {

  /**
   * Where {@link BackupStrategy#restore} may restore to.
   *
   * @return a name under which nothing exists yet
   */
  String target();

  /**
   * Compares what was restored with what was backed up: content, structure and rights.
   *
   * @param source the backup that was restored into the target
   * @return what differs, for people; empty if nothing does
   * @throws IOException if it could not be found out
   * @throws InterruptedException if the thread was interrupted
   */
  List<String> differences(BackupSource source) throws IOException, InterruptedException;

  /** Drops what is under the name, if anything is. Failures are logged. */
  @Override
  void close();
}
