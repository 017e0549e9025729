package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeSecretVolumeTest {
  @TempDir private Path mount;
  private FakeSecretVolume volume;

  @BeforeEach
  void mount() {
    volume = FakeSecretVolume.mountedOn(mount);
  }

  @Test
  void looksAsTheKubeletLeavesIt() throws IOException {
    String folder =
        volume.write(Map.of("username", new byte[] {'u'}, "password", new byte[] {'p'}));

    assertEquals(List.of(folder, "..data", "password", "username"), names());
    assertEquals(Path.of(folder), Files.readSymbolicLink(mount.resolve("..data")));
    assertEquals(Path.of("..data", "password"), Files.readSymbolicLink(mount.resolve("password")));
    assertEquals("p", Files.readString(mount.resolve("password")));
    assertEquals(
        "rw-r--r--",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(mount.resolve("password"))));
  }

  @Test
  void aChangeComesInANewFolderAndTheOldOneGoes() throws IOException {
    String one = volume.write(Map.of("a", new byte[] {1}, "b", new byte[] {2}));
    String two = volume.write(Map.of("a", new byte[] {1}, "c", new byte[] {3}));

    assertNotEquals(one, two);
    assertEquals(List.of(two, "..data", "a", "c"), names());
  }

  @Test
  void whatIsThereAlreadyChangesNothing() throws IOException {
    String one = volume.write(Map.of("a", new byte[] {1}));
    assertEquals(one, volume.write(Map.of("a", new byte[] {1})));
    volume.put("b", new byte[] {2});
    volume.remove("b");
    assertTrue(Files.exists(mount.resolve("a")));
    assertFalse(Files.exists(mount.resolve("b"), LinkOption.NOFOLLOW_LINKS));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(mount)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
