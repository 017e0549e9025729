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
    @TempDir private Path beside;
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
      Path next = Files.write(beside.resolve("next"), line(value));
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
      Files.move(next, root.resolve(id), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void remove(String id) throws IOException {
      Files.delete(root.resolve(id));
    }

    @Override
    public boolean watches() {
      return true;
    }
  }

  @Nested
  class InAKubernetesVolume implements SecretProviderContract {
    @TempDir private Path mount;
    private SecretProvider provider;
    private FakeSecretVolume volume;

    @BeforeEach
    void mount() {
      provider = MountedFileProvider.of(mount);
      volume = FakeSecretVolume.mountedOn(mount);
    }

    @Override
    public SecretProvider provider() {
      return provider;
    }

    @Override
    public void put(String id, byte[] value) throws IOException {
      volume.put(id, line(value));
    }

    @Override
    public void remove(String id) throws IOException {
      volume.remove(id);
    }

    @Override
    public boolean watches() {
      return true;
    }
  }

  /** With the line feed that does not count. */
  private static byte[] line(byte[] value) {
    byte[] line = Arrays.copyOf(value, value.length + 1);
    line[value.length] = '\n';
    return line;
  }
}
