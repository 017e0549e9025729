package dev.opskit.backup.files;

import dev.opskit.backup.BackupRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a folder as an archive: each folder before what is in it, in the order of the names. */
final class FolderDump {
  private final Path root;
  private final TarWriter tar;
  private final Counts counts = new Counts();
  private final byte[] buffer = new byte[1 << 16];

  FolderDump(Path root, TarWriter tar) {
    this.root = root;
    this.tar = tar;
  }

  Map<String, String> run() throws IOException, InterruptedException {
    children(root);
    tar.finish();
    return counts.facts();
  }

  private void children(Path folder) throws IOException, InterruptedException {
    List<Path> children = new ArrayList<>();
    try (Stream<Path> listed = Files.list(folder)) {
      listed.sorted().forEach(children::add);
    }
    for (Path child : children) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the dump of " + root + " was cancelled");
      }
      dump(child);
    }
  }

  private void dump(Path path) throws IOException, InterruptedException {
    BasicFileAttributes before = attributes(path);
    TarEntry entry = entry(path, before);
    counts.add(entry);
    tar.begin(entry);
    if (entry.kind() == TarEntry.Kind.FILE) {
      content(path, entry);
      BasicFileAttributes after = attributes(path);
      if (!after.lastModifiedTime().equals(before.lastModifiedTime())
          || after.size() != before.size()) {
        throw changed(path);
      }
    }
    tar.end(entry);
    if (entry.kind() == TarEntry.Kind.FOLDER) {
      children(path);
    }
  }

  private TarEntry entry(Path path, BasicFileAttributes attributes) throws IOException {
    TarEntry.Kind kind = kind(path, attributes);
    return new TarEntry(
        kind,
        name(path),
        Attributes.mode(path, kind),
        attributes.lastModifiedTime(),
        kind == TarEntry.Kind.FILE ? attributes.size() : 0,
        kind == TarEntry.Kind.LINK ? Files.readSymbolicLink(path).toString() : "");
  }

  private static TarEntry.Kind kind(Path path, BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return TarEntry.Kind.LINK;
    } else if (attributes.isDirectory()) {
      return TarEntry.Kind.FOLDER;
    } else if (attributes.isRegularFile()) {
      return TarEntry.Kind.FILE;
    }
    throw new BackupRefusedException(
        path + " is neither file, folder nor symbolic link, move it out of what is backed up");
  }

  private String name(Path path) {
    String name =
        root.relativize(path).toString().replace(root.getFileSystem().getSeparator(), "/");
    // What the locale cannot write down would come back under another name.
    if (!root.resolve(name).equals(path)) {
      throw new BackupRefusedException(
          "the name of "
              + path
              + " has characters that this locale lacks, run with a UTF-8 locale");
    }
    return name;
  }

  private void content(Path path, TarEntry entry) throws IOException, InterruptedException {
    long left = entry.sizeBytes();
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw changed(path);
        }
        tar.write(buffer, count);
        left -= count;
        if (Thread.interrupted()) {
          throw new InterruptedException("the dump of " + root + " was cancelled");
        }
      }
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static IOException changed(Path path) {
    return new IOException(path + " has changed while it was read");
  }
}
