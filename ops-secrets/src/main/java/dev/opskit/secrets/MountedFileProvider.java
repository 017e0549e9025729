package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets as files below one folder: a Kubernetes Secret volume, Docker secrets, or a plain folder.
 * Thread-safe; keeps nothing open but the folder while it is watched.
 *
 * <p>In a Kubernetes volume the folder that {@code ..data} points to is pinned for each read, so
 * that a read is never torn by a swap, and its name is the version: secrets that {@link #fetchAll}
 * reads together are of one version, as are a user and a password that are two keys. Elsewhere the
 * version is the time of the last change with a keyed digest of the content; replace such a file by
 * renaming another one over it, or a read may see half of it. One line feed at the end is not part
 * of the value. The id is the file's path below the folder; there is only {@link
 * SecretStage#CURRENT}.
 *
 * <p>In a plain folder, a file is refused that everybody may read or write, or that belongs to
 * another user than this process's or the superuser. In a Kubernetes volume and for a file that is
 * mounted by itself, as Docker's secrets are, it is enough that not everybody may write it.
 */
public final class MountedFileProvider implements SecretProvider {
  private final MountedFolder folder;
  private final FileMounts mounts;
  private final FolderWatch watch;

  MountedFileProvider(Path root, FileMounts mounts) {
    this.mounts = mounts;
    this.folder = new MountedFolder(root, mounts);
    this.watch = new FolderWatch(root);
  }

  /**
   * A provider of the files below a folder.
   *
   * @param root where the secrets are mounted; need not exist yet
   * @return the provider
   */
  public static MountedFileProvider of(Path root) {
    return new MountedFileProvider(root.toAbsolutePath().normalize(), new FileMounts());
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    SecretFetch fetch = folder.readAll(List.of(ref)).get(ref);
    if (fetch instanceof SecretFetch.Failed failed) {
      throw failed.why();
    }
    return ((SecretFetch.Fetched) fetch).value();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The file is read to tell its version; that costs microseconds.
   */
  @Override
  public Optional<SecretMetadata> describe(SecretRef ref) {
    try (SecretValue value = fetch(ref)) {
      return Optional.of(new SecretMetadata(value.version(), Optional.empty(), Optional.empty()));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>In a Kubernetes volume all are of one version of it.
   */
  @Override
  public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
    return folder.readAll(refs);
  }

  /**
   * Has changes told, as the kernel tells them and also each second; on one thread for all watches,
   * which ends with the last of them.
   *
   * @param ref which one; it need not be there yet
   * @param changed run on that thread after the file, or any file of the same volume, was replaced
   * @return ends the watch when it is closed
   */
  @Override
  public Subscription watch(SecretRef ref, Runnable changed) {
    return watch.add(folder.file(ref, folder.root()), changed);
  }

  /**
   * Whether no change of the file will ever be seen, since it is mounted by itself: a {@code
   * subPath} of a Kubernetes volume, which is also warned of when it is read, or a Docker secret.
   *
   * @param ref which one
   * @return false also if it is not there, or where the platform does not tell
   * @throws SecretException.NotFound if the id is no path below the folder
   */
  public boolean neverUpdates(SecretRef ref) {
    return mounts.of(folder.file(ref, folder.root())) != FileMounts.Kind.NOT_BY_ITSELF;
  }
}
