package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A real store in whose steps a test can do something. While a chunk is being stored the tool that
 * writes is provably running: the rest of its dump does not fit into the pipe.
 */
final class StepStore implements BackupStore {
  private final BackupStore store;
  private Runnable onFirstChunk = () -> {};
  private String first = "";
  private Runnable onOpen = () -> {};
  private String second = "";
  private int opens;

  StepStore(BackupStore store) {
    this.store = store;
  }

  /** Does it once, when the first chunk has been stored. */
  StepStore afterTheFirstChunk(Runnable step) {
    onFirstChunk = step;
    return this;
  }

  /** The same when it is of this stream, which must have more than one. */
  StepStore afterTheFirstChunk(String stream, Runnable step) {
    first = "/" + stream + "/";
    return afterTheFirstChunk(step);
  }

  /**
   * Does it once, when the second chunk of the archive is opened for the second time: the first
   * time it is only checked, now it is loaded, and the tool waits for it.
   */
  StepStore inTheMiddleOfLoading(Runnable step) {
    return inTheMiddleOfLoading("database", step);
  }

  /** The same with another stream. */
  StepStore inTheMiddleOfLoading(String stream, Runnable step) {
    second = "/" + stream + "/00000002.";
    opens = 0;
    onOpen = step;
    return this;
  }

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    boolean stored = store.putIfAbsent(key, blob);
    if (key.value().contains(first)) {
      Runnable step = onFirstChunk;
      onFirstChunk = () -> {};
      step.run();
    }
    return stored;
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    if (!second.isEmpty() && key.value().contains(second) && ++opens == 2) {
      onOpen.run();
    }
    return store.open(key);
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    return store.list(prefix, startAfter);
  }

  @Override
  public void delete(BlobKey key) {
    store.delete(key);
  }
}
