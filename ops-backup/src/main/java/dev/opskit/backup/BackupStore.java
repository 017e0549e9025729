package dev.opskit.backup;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where backups are kept: a flat set of named blobs that are written once and never changed.
 *
 * <p>{@link BackupService} calls it on the threads of its callers and, while a backup runs, on its
 * workers, possibly on several at once; a worker is interrupted when its run has failed. The
 * catalog is read as often as somebody asks. Implementations are thread-safe, may block, bound
 * their own retries and time-outs, and never hold more than one blob in memory. What was put is
 * found by the next {@link #open} and {@link #list} of any process.
 *
 * <p>Every method throws {@link BackupRefusedException} when the request can never succeed as it is
 * (no rights, no such bucket) and {@link BackupUnavailableException} when it may succeed later; any
 * other exception is treated as the latter. {@code BackupStoreContract} in ops-testkit checks an
 * implementation.
 */
public interface BackupStore {
  /** The most blobs that one call of {@link #list} returns. */
  int PAGE = 1000;

  /**
   * Stores a blob under a name that is free. All or nothing: a blob is never seen in part, not even
   * after a crash, and once this returns it survives a power failure.
   *
   * <p>Doing it again with the same content is safe and true again, so that a call whose outcome
   * was lost can be repeated.
   *
   * @param key the name; no name is the folder of another
   * @param blob at most 32 MiB
   * @return true if the store now holds exactly this content under the name; false if it holds
   *     something else, which stays as it is
   */
  boolean putIfAbsent(BlobKey key, Blob blob);

  /**
   * Reads a blob.
   *
   * @param key the name
   * @return the content from its beginning, which the caller closes; empty if there is no such blob
   */
  Optional<InputStream> open(BlobKey key);

  /**
   * Lists blobs in ascending order of their names. Fewer than {@value #PAGE} do not mean the end:
   * an empty list does.
   *
   * @param prefix what the names begin with, any string and not only whole segments; may be empty
   * @param startAfter only names greater than this one; empty to begin
   * @return one page
   */
  List<BlobInfo> list(String prefix, String startAfter);

  /**
   * Removes a blob. Without effect if there is none.
   *
   * @param key the name
   */
  void delete(BlobKey key);
}
