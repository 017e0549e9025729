package dev.opskit.backup;

import java.io.IOException;
import java.util.Map;

/**
 * What is backed up, and how it is loaded again.
 *
 * <p>{@link BackupService} calls it on the thread of its caller, for {@link #dump} never twice at
 * the same time. Interrupting that thread is how a run is cancelled: everything that was started is
 * ended before the method leaves by an exception. An {@link IOException} means that it may work
 * later. The exceptions of the sink and the source are passed on as they are.
 */
public interface BackupStrategy {

  /**
   * The name of what {@link #dump} writes. A backup is only ever given back to a strategy of the
   * same format.
   *
   * @return constant, {@code [a-z0-9-]+}, for example {@code postgres-custom}
   */
  String format();

  /**
   * Writes everything to the sink. Returning is the claim that it is complete: a strategy returns
   * only when every process that it used has said so by its exit code. The end of a stream proves
   * nothing.
   *
   * @param sink where to
   * @return what will be wanted at a restore or by a person who looks at the backup (versions,
   *     encoding, …), in an order of its own; kept in the manifest, so never a secret
   * @throws IOException if the work failed and may succeed later
   * @throws InterruptedException if the thread was interrupted
   */
  Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException;

  /**
   * Reads everything as a restore would and throws if any of it cannot be understood, without
   * loading it anywhere.
   *
   * @param source what {@link #dump} wrote
   * @throws IOException if the work failed and may succeed later
   * @throws InterruptedException if the thread was interrupted
   */
  void inspect(BackupSource source) throws IOException, InterruptedException;

  /**
   * Loads everything into a target that does not exist yet and is created by this call. If it
   * leaves by an exception, nothing that it created remains.
   *
   * @param source what {@link #dump} wrote
   * @param target the name of what is to be created, in words of the strategy: a database, a folder
   * @throws BackupRefusedException also if the target exists
   * @throws IOException if the work failed and may succeed later
   * @throws InterruptedException if the thread was interrupted
   */
  void restore(BackupSource source, String target) throws IOException, InterruptedException;
}
