package dev.opskit.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.OptionalInt;
import java.util.Set;

/** Refuses files that others may read or write. Thread-safe. */
final class FileGuard {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final OptionalInt user;

  FileGuard(OptionalInt user) {
    this.user = user;
  }

  /**
   * Refuses a file in a plain folder that is not this process's or the superuser's alone. One that
   * the group may read is taken: that is how a file is shared with a service.
   */
  void requireOwn(SecretRef ref, Path file) throws IOException {
    Set<PosixFilePermission> modes = modes(file);
    if (modes.contains(PosixFilePermission.OTHERS_READ)
        || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new SecretException.AccessDenied(
          ref, "everybody on this machine may read or write the file: chmod o-rw it");
    }
    requireOwner(ref, file);
  }

  /**
   * Refuses a file of a volume that everybody may write. That everybody may read it is how
   * Kubernetes (0644) and Docker (0444) mount secrets by default, where only one container sees
   * them.
   */
  void requireNotWritable(SecretRef ref, Path file) throws IOException {
    if (modes(file).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new SecretException.AccessDenied(
          ref, "everybody in this container may write the file: mount it with mode 0440");
    }
  }

  /** Refuses a file that anybody else than its owner may read, write or run. */
  void requirePrivate(SecretRef ref, Path file) throws IOException {
    if (!OWNERS.containsAll(modes(file))) {
      throw new SecretException.AccessDenied(
          ref, "the file is not its owner's alone: chmod 600 it");
    }
    requireOwner(ref, file);
  }

  private void requireOwner(SecretRef ref, Path file) throws IOException {
    if (isForeign(file)) {
      throw new SecretException.AccessDenied(
          ref,
          "the file belongs to another user: chown it to the user of this process, "
              + user.orElse(ProcessUser.ROOT));
    }
  }

  private boolean isForeign(Path file) throws IOException {
    if (user.isEmpty()) {
      return false;
    }
    try {
      int owner = (Integer) Files.getAttribute(file, "unix:uid");
      return owner != ProcessUser.ROOT && owner != user.getAsInt();
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      return false;
    }
  }

  /** Empty on a file system that has none. */
  private static Set<PosixFilePermission> modes(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException notPosix) {
      return Set.of();
    }
  }
}
