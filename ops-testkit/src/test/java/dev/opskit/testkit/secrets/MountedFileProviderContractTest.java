package dev.opskit.testkit.secrets;

import dev.opskit.secrets.MountedFileProvider;
import dev.opskit.secrets.SecretProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class MountedFileProviderContractTest {
  @Nested
  class InAPlainFolder implements SecretProviderContract {
    @TempDir private Path root;
    private SecretProvider provider;

    @BeforeEach
    void mount() {
      provider = MountedFileProvider.of(root);
    }

    @Override
    public SecretProvider provider() {
      return provider;
    }

    @Override
    public void put(String id, byte[] value) throws IOException {
      write(root.resolve(id), value);
    }

    @Override
    public void remove(String id) throws IOException {
      Files.delete(root.resolve(id));
    }
  }

  @Nested
  class InAKubernetesVolume implements SecretProviderContract {
    @TempDir private Path files;
    @TempDir private Path mount;
    private SecretProvider provider;
    private int generation;

    @BeforeEach
    void mount() {
      provider = MountedFileProvider.of(mount);
    }

    @Override
    public SecretProvider provider() {
      return provider;
    }

    @Override
    public void put(String id, byte[] value) throws IOException {
      write(files.resolve(id), value);
      swap();
    }

    @Override
    public void remove(String id) throws IOException {
      Files.delete(files.resolve(id));
      swap();
    }

    private void swap() throws IOException {
      Path folder = Files.createDirectory(mount.resolve("..2026." + generation++));
      try (var all = Files.list(files)) {
        for (Path file : all.toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      Path link = Files.createSymbolicLink(mount.resolve("..tmp"), folder.getFileName());
      Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** With the line feed that does not count. */
  private static void write(Path file, byte[] value) throws IOException {
    byte[] line = Arrays.copyOf(value, value.length + 1);
    line[value.length] = '\n';
    Files.write(file, line);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
