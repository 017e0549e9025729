package dev.opskit.backup.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Permissions, where the system knows them. */
final class Attributes {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final int DEFAULT_FILE_MODE = 0644;
  private static final int DEFAULT_FOLDER_MODE = 0755;

  /** What is being restored is nobody else's business until it has its own permissions. */
  static final FileAttribute<?>[] OWNERS_FILE = permissions("rw-------");

  static final FileAttribute<?>[] OWNERS_FOLDER = permissions("rwx------");

  private Attributes() {}

  static int mode(Path path, TarEntry.Kind kind) throws IOException {
    if (kind == TarEntry.Kind.LINK || !POSIX) {
      return kind == TarEntry.Kind.FOLDER ? DEFAULT_FOLDER_MODE : DEFAULT_FILE_MODE;
    }
    return TarEntry.mode(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  static void set(Path path, TarEntry entry) throws IOException {
    if (POSIX) {
      Files.setPosixFilePermissions(path, entry.permissions());
    }
    Files.setLastModifiedTime(path, entry.modified());
  }

  /** So that what is in a folder can be deleted. */
  static void allowAll(Path folder) {
    if (POSIX) {
      try {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      } catch (IOException goneOrForbidden) {
        // Deleting it will tell.
      }
    }
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
