package dev.opskit.backup.files;

import dev.opskit.backup.BackupCorruptException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * One entry of an archive.
 *
 * @param name relative, with slashes and none at its end
 * @param mode the permissions as POSIX writes them
 * @param linkTarget of a link; empty otherwise
 */
record TarEntry(
    Kind kind, String name, int mode, FileTime modified, long sizeBytes, String linkTarget) {

  enum Kind {
    FILE('0'),
    LINK('2'),
    FOLDER('5');

    final char flag;

    Kind(char flag) {
      this.flag = flag;
    }

    static Kind of(int flag) {
      for (Kind kind : values()) {
        if (kind.flag == flag) {
          return kind;
        }
      }
      throw new BackupCorruptException("the archive has an entry of type " + flag);
    }
  }

  TarEntry {
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new BackupCorruptException("the archive leads out of its folder: '" + name + "'");
      }
    }
    if (name.indexOf('\0') >= 0 || sizeBytes < 0 || (kind != Kind.FILE && sizeBytes > 0)) {
      throw new BackupCorruptException("the archive has a bad entry: '" + name + "'");
    }
  }

  static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : permissions) {
      mode |= bit(permission);
    }
    return mode;
  }

  Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      if ((mode & bit(permission)) != 0) {
        permissions.add(permission);
      }
    }
    return permissions;
  }

  /** They are declared from the owner's reading, 0400, to the execution by others, 0001. */
  private static int bit(PosixFilePermission permission) {
    return 0400 >> permission.ordinal();
  }
}
