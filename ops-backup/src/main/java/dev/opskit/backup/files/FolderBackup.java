package dev.opskit.backup.files;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One folder with everything below it: files, folders and symbolic links, with their times of
 * modification and, where the system knows them, their permissions. Owners are not kept, and hard
 * links become files of their own. Symbolic links are kept as they are and never followed.
 *
 * <p>The dump is a tar file with relative names. It is no snapshot: a file that changes or goes
 * away while it is read makes the backup fail, but one file may be newer than another. Anything
 * that is neither file, folder nor symbolic link is refused, as are names that cannot be written
 * down.
 *
 * <p>A target is the path of a folder that is absent or empty. A restore into an absent one is made
 * beside it and appears whole. Thread-safe; nothing to close.
 */
public final class FolderBackup implements BackupStrategy {
  private static final String STREAM = "files";

  private final Path folder;

  private FolderBackup(Path folder) {
    this.folder = folder;
  }

  /**
   * A strategy for a folder.
   *
   * @param folder what is backed up; looked at with each backup only
   * @return the strategy
   */
  public static FolderBackup of(Path folder) {
    return new FolderBackup(Objects.requireNonNull(folder, "folder").toAbsolutePath().normalize());
  }

  @Override
  public String format() {
    return "files-tar";
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      throw new BackupRefusedException(folder + " is no folder that can be read");
    }
    OutputStream out = sink.stream(STREAM);
    FolderDump dump = new FolderDump(folder, new TarWriter(out));
    Map<String, String> facts = dump.run();
    out.close();
    return facts;
  }

  @Override
  public void inspect(BackupSource source) throws IOException, InterruptedException {
    read(source, EntryVisitor.NONE);
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException, InterruptedException {
    Path place = place(target);
    boolean isThere = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    if (isThere && !isEmptyFolder(place)) {
      throw new BackupRefusedException(
          place + " is not empty; name a folder that is, or one that is absent");
    }
    FolderRestore restore = isThere ? FolderRestore.into(place) : FolderRestore.besideOf(place);
    try {
      read(source, restore);
      restore.finish();
    } catch (Throwable t) {
      restore.undo(t);
      throw t;
    }
  }

  private static void read(BackupSource source, EntryVisitor visitor)
      throws IOException, InterruptedException {
    Counts counts = new Counts();
    try (InputStream in = source.open(STREAM)) {
      TarReader tar = new TarReader(in);
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        counts.add(entry);
        visitor.visit(entry, tar);
      }
    }
    if (!source.facts().entrySet().containsAll(counts.facts().entrySet())) {
      throw new BackupCorruptException(
          "the archive holds %s, the backup says %s".formatted(counts.facts(), source.facts()));
    }
  }

  private static Path place(String target) {
    try {
      Path place = Path.of(target).toAbsolutePath().normalize();
      if (target.isBlank() || place.getParent() == null) {
        throw new BackupRefusedException("'" + target + "' cannot be a target, name a folder");
      }
      return place;
    } catch (InvalidPathException e) {
      throw new BackupRefusedException("'" + target + "' is no path: " + e.getReason(), e);
    }
  }

  private static boolean isEmptyFolder(Path place) throws IOException {
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> children = Files.list(place)) {
      return children.findAny().isEmpty();
    }
  }
}
