package dev.opskit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps backups in a folder, one file a blob, readable and writable by the owner alone.
 *
 * <p>A file is written under a temporary name in its folder, forced to the disk and then given its
 * name by a hard link, which fails if the name is taken; the folders are forced to the disk, too.
 * The file system must know hard links. A crash can leave a temporary file (its name begins with a
 * dot), which is never listed. Folders that become empty are left.
 *
 * <p>A disk of its own, please: a backup on the disk of the database is lost with it. Thread-safe,
 * also between processes; nothing to close.
 */
public final class FileSystemBackupStore implements BackupStore {
  private final Path root;
  private final DurableFiles files = new DurableFiles();

  private FileSystemBackupStore(Path root) {
    this.root = root;
  }

  /**
   * A store in a folder.
   *
   * @param root the folder; it and its parents are created with the first blob
   * @return the store
   */
  public static FileSystemBackupStore at(Path root) {
    return new FileSystemBackupStore(Objects.requireNonNull(root, "root").toAbsolutePath());
  }

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    Path file = root.resolve(key.value());
    Path folder = Objects.requireNonNull(file.getParent());
    Path temporary = folder.resolve("." + UUID.randomUUID() + ".tmp");
    try {
      files.createFolders(folder);
      try {
        files.writeNew(temporary, blob.bytes());
        Files.createLink(file, temporary);
      } finally {
        Files.deleteIfExists(temporary);
      }
      files.forceFolder(folder);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return holds(key, blob);
    } catch (UnsupportedOperationException e) {
      throw new BackupRefusedException("the file system of " + root + " knows no hard links", e);
    } catch (IOException e) {
      throw FileFailures.of("storing " + key, e);
    }
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    try {
      return Optional.of(Files.newInputStream(root.resolve(key.value())));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailures.of("opening " + key, e);
    }
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    try {
      return FolderListing.page(root, prefix, startAfter);
    } catch (IOException e) {
      throw FileFailures.of("listing " + prefix, e);
    }
  }

  @Override
  public void delete(BlobKey key) {
    Path file = root.resolve(key.value());
    try {
      if (Files.deleteIfExists(file)) {
        files.forceFolder(Objects.requireNonNull(file.getParent()));
      }
    } catch (IOException e) {
      throw FileFailures.of("deleting " + key, e);
    }
  }

  private boolean holds(BlobKey key, Blob blob) {
    Path file = root.resolve(key.value());
    try {
      if (Files.size(file) != blob.sizeBytes()
          || !Blob.of(Files.readAllBytes(file)).sha256().equals(blob.sha256())) {
        return false;
      }
      // Whoever linked it may have died before it came to this.
      files.forceFolder(Objects.requireNonNull(file.getParent()));
      return true;
    } catch (IOException e) {
      throw FileFailures.of("reading " + key, e);
    }
  }
}
