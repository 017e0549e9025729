package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain folder; {@link VolumeSwapTest} has the ones that the kubelet writes. */
class MountedFileProviderTest {
  @TempDir private Path above;
  private Path root;
  private MountedFileProvider provider;

  @BeforeEach
  void folder() throws IOException {
    root = Files.createDirectory(above.resolve("secrets"));
    provider = MountedFileProvider.of(root);
  }

  @Test
  void oneLineFeedAtTheEndIsNotPartOfTheValue() throws IOException {
    assertEquals("hunter2", read("hunter2"));
    assertEquals("hunter2", read("hunter2\n"));
    assertEquals("hunter2\n", read("hunter2\n\n"));
    assertEquals("\nhunter2\r", read("\nhunter2\r\n"));
  }

  @Test
  void bytesThatAreNoTextComeBackAsTheyAre() throws IOException {
    byte[] binary = new byte[SecretValue.MAX_BYTES];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) i;
    }
    write("a", binary);
    assertArrayEquals(binary, fetch("a").withBytes(byte[]::clone));
  }

  @Test
  void theLargestValueMayHaveALineFeedAfterIt() throws IOException {
    byte[] withLineFeed = new byte[SecretValue.MAX_BYTES + 1];
    withLineFeed[SecretValue.MAX_BYTES] = '\n';
    write("a", withLineFeed);
    assertEquals(SecretValue.MAX_BYTES, fetch("a").<Integer>withBytes(b -> b.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {SecretValue.MAX_BYTES + 1, SecretValue.MAX_BYTES + 2, 5_000_000})
  void whatIsTooLargeIsMalformed(int bytes) throws IOException {
    write("a", new byte[bytes]);
    var e = assertThrows(SecretException.Malformed.class, () -> fetch("a"));
    assertEquals("secret 'a' (CURRENT): is larger than 64 KiB", e.getMessage());
  }

  @Test
  void whatGoesOnAfterTheLargestValueIsNotCutOff() throws IOException {
    byte[] twoLines = new byte[SecretValue.MAX_BYTES + 2];
    twoLines[SecretValue.MAX_BYTES] = '\n';
    write("a", twoLines);
    assertThrows(SecretException.Malformed.class, () -> fetch("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n"})
  void anEmptyFileIsMalformed(String content) throws IOException {
    write("a", content.getBytes(StandardCharsets.UTF_8));
    assertThrows(SecretException.Malformed.class, () -> fetch("a"));
  }

  @Test
  void theVersionChangesWithTheContentAlsoWithinOneTickOfTheClock() throws IOException {
    FileTime tick = FileTime.from(Instant.parse("2026-11-24T10:00:00Z"));
    Files.setLastModifiedTime(write("a", new byte[] {1}), tick);
    String one = fetch("a").version();
    assertEquals(one, fetch("a").version());
    Files.setLastModifiedTime(write("a", new byte[] {2}), tick);
    String two = fetch("a").version();

    assertTrue(one.matches("2026-11-24T10:00:00Z-[0-9a-f]{8}"), one);
    assertNotEquals(one, two);
  }

  @Test
  void theVersionTellsNothingAboutTheContentToWhoDoesNotHaveTheKey() throws IOException {
    write("a", new byte[] {1});
    SecretRef ref = SecretRef.of("a");
    assertNotEquals(
        MountedFileProvider.of(root).fetch(ref).version(),
        MountedFileProvider.of(root).fetch(ref).version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "folder/absent", "absent/absent", "file/below", "file/b/c"})
  void whatIsNotThereIsNotFound(String id) throws IOException {
    Files.createDirectory(root.resolve("folder"));
    write("file", new byte[] {1});
    assertThrows(SecretException.NotFound.class, () -> fetch(id));
  }

  @Test
  void nothingIsThereBeforeTheFolderIsMounted() {
    var unmounted = MountedFileProvider.of(above.resolve("unmounted"));
    assertThrows(SecretException.NotFound.class, () -> unmounted.fetch(SecretRef.of("a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "a/../../outside", "..", ".", "a/..", "nul\0"})
  void anIdThatLeavesTheFolderIsNotFound(String id) throws IOException {
    Modes.set(Files.writeString(above.resolve("outside"), "hunter2"), "rw-------");
    assertThrows(SecretException.NotFound.class, () -> fetch(id));
  }

  @Test
  void anAbsolutePathIsNotFoundAlsoIfItExists() throws IOException {
    Path outside = Modes.set(Files.writeString(above.resolve("outside"), "hunter2"), "rw-------");
    assertThrows(SecretException.NotFound.class, () -> fetch(outside.toString()));
  }

  @Test
  void aFileInAFolderIsNamedByItsPath() throws IOException {
    Files.createDirectory(root.resolve("database"));
    write("database/password", "hunter2".getBytes(StandardCharsets.UTF_8));
    assertTrue(fetch("database/password").matches("hunter2"));
    assertThrows(SecretException.Malformed.class, () -> fetch("database"));
  }

  @Test
  void aDeviceIsNotRead() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("endless"), Path.of("/dev/zero"));
    assertThrows(SecretException.Malformed.class, () -> fetch("endless"));
    Files.delete(link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw-----w-"})
  void aFileThatEverybodyMayReadOrWriteIsRefusedWithTheMend(String mode) throws IOException {
    Modes.set(write("a", new byte[] {1}), mode);
    var e = assertThrows(SecretException.AccessDenied.class, () -> fetch("a"));
    assertTrue(e.getMessage().endsWith("chmod o-rw it"), e.getMessage());
  }

  @Test
  void aFileThatThisProcessMayNotReadIsDenied() throws IOException {
    Path file = Modes.set(write("a", new byte[] {1}), "---------");
    assumeFalse(Files.isReadable(file), "the superuser may read everything");
    assertThrows(SecretException.AccessDenied.class, () -> fetch("a"));
  }

  @Test
  void aFileOfAnotherUserIsRefusedWithTheMend() throws IOException {
    Path file = write("a", new byte[] {1});
    assumeTrue(ProcessUser.uid().equals(OptionalInt.of(0)), "only the superuser gives files away");
    Files.setAttribute(file, "unix:uid", 12_345);
    var e = assertThrows(SecretException.AccessDenied.class, () -> fetch("a"));
    assertTrue(e.getMessage().endsWith("chown it to the user of this process, 0"), e.getMessage());
  }

  @Test
  void itsVersionIsDescribedAsItIsFetched() throws IOException {
    write("a", new byte[] {1});
    SecretMetadata described = provider.describe(SecretRef.of("a")).orElseThrow();
    assertEquals(fetch("a").version(), described.version());
    assertEquals(Optional.empty(), described.nextRotation());
    assertThrows(SecretException.NotFound.class, () -> provider.describe(SecretRef.of("absent")));
  }

  @Test
  void aFileThatTheGroupMayReadIsRead() throws IOException {
    Modes.set(write("a", "hunter2".getBytes(StandardCharsets.UTF_8)), "r--r-----");
    assertTrue(fetch("a").matches("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "PREVIOUS"})
  void thereIsNoOtherStageThanTheCurrentOne(SecretStage stage) throws IOException {
    write("a", new byte[] {1});
    assertThrows(SecretException.NotFound.class, () -> provider.fetch(new SecretRef("a", stage)));
  }

  private String read(String content) throws IOException {
    write("a", content.getBytes(StandardCharsets.UTF_8));
    return fetch("a").reveal("a test");
  }

  private Path write(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    return Modes.set(Files.write(file, content), "rw-------");
  }

  private SecretValue fetch(String id) {
    return provider.fetch(SecretRef.of(id));
  }
}
