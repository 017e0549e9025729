package dev.opskit.testkit.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes Secret volume, written step by step as the kubelet's AtomicWriter does: all files
 * into a new folder, a link to it renamed over {@code ..data}, links for the keys, and only then
 * the old folder removed, file by file. Writing what is there already changes nothing.
 *
 * <p>For one thread; any number may read the volume meanwhile. Nothing to close.
 */
public final class FakeSecretVolume {
  private static final String DATA = "..data";

  private final Path root;
  private final String mode;
  private int generation;

  private FakeSecretVolume(Path root, String mode) {
    this.root = root;
    this.mode = mode;
  }

  /**
   * A volume that is mounted on a folder, with files of the default mode 0644.
   *
   * @param root the folder; exists
   * @return nothing is written yet
   */
  public static FakeSecretVolume mountedOn(Path root) {
    return new FakeSecretVolume(root, "rw-r--r--");
  }

  /**
   * The same with another {@code defaultMode}.
   *
   * @param permissions nine characters, for example {@code r--r-----}
   * @return a volume on the same folder
   */
  public FakeSecretVolume withDefaultMode(String permissions) {
    return new FakeSecretVolume(root, permissions);
  }

  /**
   * Makes these the keys of the Secret, all at once; others go away.
   *
   * @param secret name and value of each key
   * @return the name of the folder that holds them now, which changes with the content
   * @throws IOException if the file system fails
   */
  public String write(Map<String, byte[]> secret) throws IOException {
    Path old = currentFolder();
    if (old != null && isWritten(old, secret)) {
      return old.getFileName().toString();
    }
    Path folder = writeFolder(secret);
    Path link = Files.createSymbolicLink(root.resolve("..data_tmp"), folder.getFileName());
    Files.move(link, root.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
    for (String key : secret.keySet()) {
      if (!Files.isSymbolicLink(root.resolve(key))) {
        Files.createSymbolicLink(root.resolve(key), Path.of(DATA, key));
      }
    }
    if (old != null) {
      for (String key : keys(old)) {
        if (!secret.containsKey(key)) {
          Files.deleteIfExists(root.resolve(key));
        }
        Files.delete(old.resolve(key));
      }
      Files.delete(old);
    }
    return folder.getFileName().toString();
  }

  /**
   * Sets one key and leaves the others.
   *
   * @param key its name
   * @param value its value
   * @throws IOException if the file system fails
   */
  public void put(String key, byte[] value) throws IOException {
    Map<String, byte[]> secret = content();
    secret.put(key, value);
    write(secret);
  }

  /**
   * Takes one key away and leaves the others.
   *
   * @param key its name
   * @throws IOException if the file system fails
   */
  public void remove(String key) throws IOException {
    Map<String, byte[]> secret = content();
    secret.remove(key);
    write(secret);
  }

  private Path writeFolder(Map<String, byte[]> secret) throws IOException {
    Path folder =
        Files.createDirectory(root.resolve("..2026_11_24_10_00_00.%09d".formatted(++generation)));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Map.Entry<String, byte[]> key : secret.entrySet()) {
      Path file = Files.write(folder.resolve(key.getKey()), key.getValue());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
    return folder;
  }

  private boolean isWritten(Path folder, Map<String, byte[]> secret) throws IOException {
    Map<String, byte[]> there = content(folder);
    return there.keySet().equals(secret.keySet())
        && secret.entrySet().stream()
            .allMatch(key -> Arrays.equals(key.getValue(), there.get(key.getKey())));
  }

  private Map<String, byte[]> content() throws IOException {
    Path folder = currentFolder();
    return folder == null ? new TreeMap<>() : content(folder);
  }

  private static Map<String, byte[]> content(Path folder) throws IOException {
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (String key : keys(folder)) {
      content.put(key, Files.readAllBytes(folder.resolve(key)));
    }
    return content;
  }

  private static Set<String> keys(Path folder) throws IOException {
    Set<String> keys = new HashSet<>();
    try (var files = Files.list(folder)) {
      files.forEach(file -> keys.add(file.getFileName().toString()));
    }
    return keys;
  }

  private @Nullable Path currentFolder() throws IOException {
    try {
      return root.resolve(Files.readSymbolicLink(root.resolve(DATA)));
    } catch (NoSuchFileException nothingYet) {
      return null;
    }
  }
}
