package dev.opskit.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/**
 * Secrets as files below one folder: a Kubernetes Secret volume, Docker secrets, or a plain folder.
 * Thread-safe; keeps nothing open.
 *
 * <p>In a Kubernetes volume the folder that {@code ..data} points to is pinned for each read, so
 * that a read is never torn by a swap, and its name is the version. Elsewhere the version is the
 * time of the last change with a keyed digest of the content, and a file that everybody may read or
 * write is refused; replace such a file by renaming another one over it, or a read may see half of
 * it. One line feed at the end is not part of the value. The id is the file's path below the
 * folder; there is only {@link SecretStage#CURRENT}.
 *
 * <p>It does not watch the folder: a change is seen by the next {@link #fetch}.
 */
public final class MountedFileProvider implements SecretProvider {
  private static final int ATTEMPTS = 100;
  private static final int MAX_NAME = 255;
  private static final Set<PosixFilePermission> EVERYBODY =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final Path root;
  private final ContentVersion contentVersion = new ContentVersion();

  private MountedFileProvider(Path root) {
    this.root = root;
  }

  /**
   * A provider of the files below a folder.
   *
   * @param root where the secrets are mounted; need not exist yet
   * @return the provider
   */
  public static MountedFileProvider of(Path root) {
    return new MountedFileProvider(root.toAbsolutePath().normalize());
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    if (ref.stage() != SecretStage.CURRENT) {
      throw new SecretException.NotFound(ref, "mounted files have no other stage than CURRENT");
    }
    try {
      return fetchCurrent(ref);
    } catch (AccessDeniedException e) {
      throw new SecretException.AccessDenied(
          ref, "this process may not read the file below " + root);
    } catch (InvalidPathException e) {
      throw outside(ref);
    } catch (IOException e) {
      throw new SecretException.Unavailable(ref, "reading the file failed");
    }
  }

  private SecretValue fetchCurrent(SecretRef ref) throws IOException {
    Path folder = currentFolder();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return read(ref, folder);
      } catch (NoSuchFileException e) {
        Path now = currentFolder();
        if (now.equals(folder)) {
          throw absent(ref);
        }
        // A swap took the pinned folder away, file by file.
        folder = now;
      }
    }
    throw new SecretException.Unavailable(ref, "the volume changed during each of many reads");
  }

  private Path currentFolder() throws IOException {
    try {
      return root.resolve(Files.readSymbolicLink(root.resolve("..data"))).normalize();
    } catch (NotLinkException | NoSuchFileException notAVolume) {
      return root;
    }
  }

  private SecretValue read(SecretRef ref, Path folder) throws IOException {
    Path file = folder.resolve(ref.id()).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw outside(ref);
    }
    boolean volume = !folder.equals(root);
    BasicFileAttributes attributes = attributes(ref, file);
    if (!attributes.isRegularFile()) {
      throw new SecretException.Malformed(ref, "is a folder or a device, name a file");
    }
    if (!volume) {
      refuseOpenToEverybody(ref, file);
    }
    byte[] value = content(ref, file);
    String version =
        volume
            ? String.valueOf(folder.getFileName())
            : contentVersion.of(attributes.lastModifiedTime(), value);
    return SecretValue.take(ref, version, value);
  }

  private BasicFileAttributes attributes(SecretRef ref, Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // Below a file, or under a name that no file system takes, there is nothing.
      if (!Files.isDirectory(file.getParent()) || ref.id().length() > MAX_NAME) {
        throw absent(ref);
      }
      throw e;
    }
  }

  private static byte[] content(SecretRef ref, Path file) throws IOException {
    // One more for the line feed, and one more to see that there is too much.
    byte[] buffer = new byte[SecretValue.MAX_BYTES + 2];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length > 0 && buffer[length - 1] == '\n') {
        length--;
      }
      if (length > SecretValue.MAX_BYTES) {
        throw new SecretException.Malformed(ref, "is larger than 64 KiB");
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private static void refuseOpenToEverybody(SecretRef ref, Path file) throws IOException {
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(EVERYBODY::contains)) {
        throw new SecretException.AccessDenied(
            ref, "everybody on this machine may read or write the file: chmod o-rw it");
      }
    } catch (UnsupportedOperationException notPosix) {
      // No such permissions on this file system.
    }
  }

  private SecretException absent(SecretRef ref) {
    return new SecretException.NotFound(ref, "there is no such file below " + root);
  }

  private static SecretException outside(SecretRef ref) {
    return new SecretException.NotFound(ref, "the id must be a path below the secrets folder");
  }
}
