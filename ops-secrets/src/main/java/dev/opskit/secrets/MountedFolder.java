package dev.opskit.secrets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one folder, read from one generation of it. Where there is {@code ..data}, the
 * folder that it points to is pinned: the kubelet never changes such a folder but replaces it, and
 * removes it only after {@code ..data} points to the next. Thread-safe.
 */
final class MountedFolder {
  private static final Logger logger = LoggerFactory.getLogger(MountedFileProvider.class);
  private static final int ATTEMPTS = 100;
  private static final int MAX_NAME = 255;

  private final Path root;
  private final FileMounts mounts;
  private final FileGuard guard = new FileGuard(ProcessUser.uid());
  private final ContentVersion contentVersion = new ContentVersion();

  MountedFolder(Path root, FileMounts mounts) {
    this.root = root;
    this.mounts = mounts;
  }

  Path root() {
    return root;
  }

  /** Reads all from the current generation; from the next one if a swap took that away. */
  Map<SecretRef, SecretFetch> readAll(Collection<SecretRef> refs) {
    try {
      Path folder = currentFolder();
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Map<SecretRef, SecretFetch> all = new LinkedHashMap<>();
        for (SecretRef ref : refs) {
          all.put(ref, fetch(ref, folder));
        }
        Path now =
            all.values().stream().anyMatch(MountedFolder::isAbsent) ? currentFolder() : folder;
        if (now.equals(folder)) {
          return all;
        }
        all.values().forEach(MountedFolder::close);
        folder = now;
      }
      return allUnavailable(refs, "the volume changed during each of many reads");
    } catch (IOException e) {
      return allUnavailable(refs, "reading the folder failed");
    }
  }

  private static Map<SecretRef, SecretFetch> allUnavailable(
      Collection<SecretRef> refs, String why) {
    Map<SecretRef, SecretFetch> all = new LinkedHashMap<>();
    for (SecretRef ref : refs) {
      all.put(ref, new SecretFetch.Failed(new SecretException.Unavailable(ref, why)));
    }
    return all;
  }

  private SecretFetch fetch(SecretRef ref, Path folder) {
    try {
      return new SecretFetch.Fetched(read(ref, folder));
    } catch (SecretException e) {
      return new SecretFetch.Failed(e);
    }
  }

  private static boolean isAbsent(SecretFetch fetch) {
    return fetch instanceof SecretFetch.Failed failed
        && failed.why() instanceof SecretException.NotFound;
  }

  private static void close(SecretFetch fetch) {
    if (fetch instanceof SecretFetch.Fetched fetched) {
      fetched.value().close();
    }
  }

  private Path currentFolder() throws IOException {
    try {
      return root.resolve(Files.readSymbolicLink(root.resolve("..data"))).normalize();
    } catch (NotLinkException | NoSuchFileException notAVolume) {
      return root;
    }
  }

  private SecretValue read(SecretRef ref, Path folder) {
    if (ref.stage() != SecretStage.CURRENT) {
      throw new SecretException.NotFound(ref, "mounted files have no other stage than CURRENT");
    }
    try {
      return readFile(ref, folder);
    } catch (AccessDeniedException e) {
      throw new SecretException.AccessDenied(
          ref, "this process may not read the file below " + root);
    } catch (NoSuchFileException e) {
      throw absent(ref);
    } catch (IOException e) {
      throw new SecretException.Unavailable(ref, "reading the file failed");
    }
  }

  private SecretValue readFile(SecretRef ref, Path folder) throws IOException {
    Path file = file(ref, folder);
    BasicFileAttributes attributes = attributes(ref, file);
    if (!attributes.isRegularFile()) {
      throw new SecretException.Malformed(ref, "is a folder or a device, name a file");
    }
    boolean isVolume = !folder.equals(root);
    if (isVolume || isMountedByItself(ref, file)) {
      guard.requireNotWritable(ref, file);
    } else {
      guard.requireOwn(ref, file);
    }
    byte[] value = FileContent.read(ref, file);
    String version =
        isVolume
            ? String.valueOf(folder.getFileName())
            : contentVersion.of(attributes.lastModifiedTime(), value);
    return SecretValue.take(ref, version, value);
  }

  Path file(SecretRef ref, Path folder) {
    try {
      Path file = folder.resolve(ref.id()).normalize();
      if (file.startsWith(folder) && !file.equals(folder)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // No file has such a name.
    }
    throw new SecretException.NotFound(ref, "the id must be a path below the secrets folder");
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

  private boolean isMountedByItself(SecretRef ref, Path file) {
    boolean isKnown = mounts.knows(file);
    FileMounts.Kind kind = mounts.of(file);
    if (!isKnown && kind == FileMounts.Kind.SUB_PATH) {
      logger.warn(
          "secret '{}' is mounted with subPath, which the kubelet never updates: it cannot rotate"
              + " without a restart; mount the volume as a folder",
          ref.id());
    }
    return kind != FileMounts.Kind.NOT_BY_ITSELF;
  }

  private SecretException absent(SecretRef ref) {
    return new SecretException.NotFound(ref, "there is no such file below " + root);
  }
}
