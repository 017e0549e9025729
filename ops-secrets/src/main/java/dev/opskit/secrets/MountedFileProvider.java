package dev.opskit.secrets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;

/**
 * Secrets as files below one folder: a Kubernetes Secret volume, Docker secrets, or a plain folder.
 * Thread-safe; keeps nothing open.
 *
 * <p>In a Kubernetes volume the folder that {@code ..data} points to is pinned for each read, so
 * that a read is never torn by a swap, and its name is the version. Elsewhere the version is the
 * time of the last change, and a file that others may read is refused. One line feed at the end is
 * not part of the value. The id is the file's path below the folder; there is only {@link
 * SecretStage#CURRENT}.
 */
public final class MountedFileProvider implements SecretProvider {
  private static final int ATTEMPTS = 5;

  private final Path root;

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
      for (int attempt = 1; ; attempt++) {
        try {
          return read(ref);
        } catch (NoSuchFileException e) {
          // A swap may have taken the pinned folder away; what is really absent stays absent.
          if (attempt == ATTEMPTS || !Files.exists(root.resolve("..data"))) {
            throw e;
          }
        }
      }
    } catch (NoSuchFileException e) {
      throw new SecretException.NotFound(ref, "there is no such file below " + root);
    } catch (AccessDeniedException e) {
      throw new SecretException.AccessDenied(
          ref, "this process may not read the file below " + root);
    } catch (IOException e) {
      throw new SecretException.Unavailable(ref, "reading the file failed");
    }
  }

  private SecretValue read(SecretRef ref) throws IOException {
    Path data = root.resolve("..data");
    boolean volume = Files.isSymbolicLink(data);
    Path folder = volume ? data.toRealPath() : root;
    Path file = folder.resolve(ref.id()).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new SecretException.NotFound(ref, "the id must be a path below the secrets folder");
    }
    if (Files.isDirectory(file)) {
      throw new SecretException.Malformed(ref, "is a folder, name a file in it");
    }
    FileTime changed = Files.getLastModifiedTime(file);
    if (!volume) {
      refuseReadableByOthers(ref, file);
    }
    if (Files.size(file) > SecretValue.MAX_BYTES) {
      throw new SecretException.Malformed(ref, "is larger than 64 KiB");
    }
    byte[] bytes = Files.readAllBytes(file);
    String version = volume ? folder.getFileName().toString() : changed.toString();
    boolean lineFeed = bytes.length > 1 && bytes[bytes.length - 1] == '\n';
    byte[] value = lineFeed ? Arrays.copyOf(bytes, bytes.length - 1) : bytes.clone();
    Arrays.fill(bytes, (byte) 0);
    return SecretValue.take(ref, version, value);
  }

  private static void refuseReadableByOthers(SecretRef ref, Path file) throws IOException {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        throw new SecretException.AccessDenied(
            ref, "everybody on this machine may read the file: chmod o-r it");
      }
    } catch (UnsupportedOperationException notPosix) {
      // No such permissions on this file system.
    }
  }
}
