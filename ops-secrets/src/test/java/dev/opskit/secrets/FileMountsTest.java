package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMountsTest {
  /** As Linux wrote it, for a file of a Kubernetes volume with subPath and for a Docker secret. */
  private static final String TABLE =
      """
      62 42 0:38 / /run/secrets/orders rw,relatime - tmpfs tmpfs rw
      63 42 0:38 /..2026_11_24_10_00_00.123/password /app\\040dir/password rw,relatime - tmpfs t rw
      64 42 0:38 /..2026_11_24_10_00_00.1/gone//deleted /app/gone rw,relatime - tmpfs tmpfs rw
      65 42 254:1 /var/lib/docker/containers/a1/mounts/secrets/key %s ro,relatime - ext4 /dev/a rw
      too short
      """;

  @TempDir private Path folder;

  @Test
  void subPathsAndDockerSecretsAreMountedByThemselvesAndNothingElseIs() throws IOException {
    FileMounts mounts = mounts(Path.of("/run/secrets/key"));
    assertEquals(FileMounts.Kind.SUB_PATH, mounts.of(Path.of("/app dir/password")));
    assertEquals(FileMounts.Kind.SUB_PATH, mounts.of(Path.of("/app/gone")));
    assertEquals(FileMounts.Kind.BY_ITSELF, mounts.of(Path.of("/run/secrets/key")));
    assertEquals(FileMounts.Kind.NOT_BY_ITSELF, mounts.of(Path.of("/run/secrets/orders/key")));
    assertEquals(FileMounts.Kind.NOT_BY_ITSELF, mounts.of(Path.of("/app dir")));
  }

  @Test
  void wherePlatformsDoNotTellNothingIsMountedByItself() {
    FileMounts mounts = new FileMounts(folder.resolve("no-such-table"));
    assertEquals(FileMounts.Kind.NOT_BY_ITSELF, mounts.of(Path.of("/app dir/password")));
  }

  @Test
  void aDockerSecretIsReadWithDockersOwnModeAndReportedAsNeverUpdating() throws IOException {
    Path mounted = Modes.set(Files.writeString(folder.resolve("key"), "hunter2"), "r--r--r--");
    Path plain = Modes.set(Files.writeString(folder.resolve("plain"), "hunter2"), "r--r--r--");
    MountedFileProvider provider = new MountedFileProvider(folder, mounts(mounted));

    assertTrue(provider.fetch(SecretRef.of("key")).matches("hunter2"));
    assertTrue(provider.neverUpdates(SecretRef.of("key")));
    assertFalse(provider.neverUpdates(SecretRef.of("plain")));
    assertFalse(provider.neverUpdates(SecretRef.of("absent")));
    assertTrue(Files.exists(plain));
    assertThrows(SecretException.AccessDenied.class, () -> provider.fetch(SecretRef.of("plain")));
  }

  @Test
  void aDockerSecretThatEverybodyMayWriteIsRefused() throws IOException {
    Path mounted = Modes.set(Files.writeString(folder.resolve("key"), "hunter2"), "rw-rw-rw-");
    MountedFileProvider provider = new MountedFileProvider(folder, mounts(mounted));
    var e =
        assertThrows(SecretException.AccessDenied.class, () -> provider.fetch(SecretRef.of("key")));
    assertTrue(e.getMessage().endsWith("mount it with mode 0440"), e.getMessage());
  }

  @Test
  void theUserOfAProcessIsTheEffectiveOne() throws IOException {
    Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\nUid:\t1\t2\t3\t4\n");
    assertEquals(OptionalInt.of(2), ProcessUser.uid(status));
    assertEquals(OptionalInt.empty(), ProcessUser.uid(Files.writeString(status, "Uid:\tx\ty\n")));
    assertEquals(OptionalInt.empty(), ProcessUser.uid(folder.resolve("absent")));
  }

  private FileMounts mounts(Path docker) throws IOException {
    return new FileMounts(Files.writeString(folder.resolve("mountinfo"), TABLE.formatted(docker)));
  }
}
