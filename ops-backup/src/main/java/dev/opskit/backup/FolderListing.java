package dev.opskit.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A page of a folder tree in the order of the blob keys; keeps no more than a page in memory. */
final class FolderListing extends SimpleFileVisitor<Path> {
  private final Path root;
  private final String prefix;
  private final String startAfter;
  private final PriorityQueue<BlobInfo> smallest =
      new PriorityQueue<>(Comparator.comparing(BlobInfo::key).reversed());

  private FolderListing(Path root, String prefix, String startAfter) {
    this.root = root;
    this.prefix = prefix;
    this.startAfter = startAfter;
  }

  static List<BlobInfo> page(Path root, String prefix, String startAfter) throws IOException {
    FolderListing listing = new FolderListing(root, prefix, startAfter);
    // No key leaves the root, so a prefix that is no beginning of a key has no blobs either.
    String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    if (isFolderOfKeys(folder)) {
      Path start = root.resolve(folder);
      if (Files.exists(start)) {
        Files.walkFileTree(start, listing);
      }
    }
    List<BlobInfo> page = new ArrayList<>(listing.smallest);
    page.sort(Comparator.comparing(BlobInfo::key));
    return page;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = root.relativize(file).toString().replace('\\', '/');
    if (BlobKey.isValid(name) && name.startsWith(prefix) && name.compareTo(startAfter) > 0) {
      smallest.add(new BlobInfo(new BlobKey(name), attributes.size()));
      if (smallest.size() > BackupStore.PAGE) {
        smallest.poll();
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    if (e instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE; // Deleted since the folder was read.
    }
    throw e;
  }

  private static boolean isFolderOfKeys(String folder) {
    return folder.isEmpty() || BlobKey.isValid(folder.substring(0, folder.length() - 1));
  }
}
