package dev.opskit.backup.files;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Creates what is in an archive. Everything is created anew in a folder that this restore has
 * created, too, and links come last, so that nothing can lead out of the target.
 */
final class FolderRestore implements EntryVisitor {
  private final Path target;
  private final Path work;
  private final Map<Path, TarEntry> folders = new LinkedHashMap<>();
  private final Map<Path, TarEntry> links = new LinkedHashMap<>();

  private FolderRestore(Path target, Path work) {
    this.target = target;
    this.work = work;
  }

  /** Into an empty folder. */
  static FolderRestore into(Path target) {
    return new FolderRestore(target, target);
  }

  /** Into a folder that gets the name of the target once it is complete. */
  static FolderRestore besideOf(Path target) throws IOException {
    Path work = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createDirectory(work, Attributes.OWNERS_FOLDER);
    } catch (IOException e) {
      throw new IOException("the folder in which " + target + " is to be is not writable: " + e, e);
    }
    return new FolderRestore(target, work);
  }

  @Override
  public void visit(TarEntry entry, TarReader tar) throws IOException, InterruptedException {
    Path path = place(entry);
    try {
      switch (entry.kind()) {
        case FOLDER -> {
          Files.createDirectory(path, Attributes.OWNERS_FOLDER);
          folders.put(path, entry);
        }
        case LINK -> links.put(path, entry);
        case FILE -> {
          Files.createFile(path, Attributes.OWNERS_FILE);
          try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
            tar.copyTo(out);
          }
          Attributes.set(path, entry);
        }
      }
    } catch (FileAlreadyExistsException e) {
      throw new BackupCorruptException("the archive has '" + entry.name() + "' twice", e);
    }
  }

  /** Makes it visible. */
  void finish() throws IOException {
    for (Map.Entry<Path, TarEntry> link : links.entrySet()) {
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue().linkTarget()));
    }
    // The innermost first, as a folder may not be written to afterwards, and each write changes its
    // time.
    List<Path> innermostFirst = new ArrayList<>(folders.keySet());
    Collections.reverse(innermostFirst);
    for (Path folder : innermostFirst) {
      Attributes.set(folder, folders.get(folder));
    }
    if (!work.equals(target)) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new BackupRefusedException(target + " was created meanwhile");
      }
      Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Removes what was created. */
  void undo(Throwable why) {
    folders.keySet().forEach(Attributes::allowAll);
    try (Stream<Path> created = Files.walk(work)) {
      for (Path path : created.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(target)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  private Path place(TarEntry entry) {
    try {
      Path path = work.resolve(entry.name());
      Path parent = path.getParent();
      boolean isInside =
          path.normalize().equals(path)
              && path.startsWith(work)
              && (work.equals(parent) || folders.containsKey(parent));
      if (!isInside || links.containsKey(path)) {
        throw new BackupCorruptException(
            "the archive leads out of its folder: '" + entry.name() + "'");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new BackupRefusedException(
          "this system has no file of the name '" + entry.name() + "'", e);
    }
  }
}
