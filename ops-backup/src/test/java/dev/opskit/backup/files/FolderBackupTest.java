package dev.opskit.backup.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a POSIX file system, as the build has one. */
class FolderBackupTest {
  private static final FileTime THEN = FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z"));

  @TempDir Path folder;

  @Test
  void timesPermissionsLinksAndOddNamesComeBack() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Path deep = Files.createDirectories(source.resolve("a/" + "long-".repeat(40) + "/b"));
    Files.writeString(deep.resolve(oddName()), "content");
    Files.writeString(source.resolve("a/script"), "#!/bin/sh");
    Files.createFile(source.resolve("empty"));
    Files.createDirectory(source.resolve("empty-folder"));
    Files.createSymbolicLink(source.resolve("link"), Path.of("a/script"));
    Files.createSymbolicLink(source.resolve("nowhere"), Path.of("/no/such/file"));
    Files.createSymbolicLink(source.resolve("folder-link"), Path.of("a"));
    permissions(source.resolve("a/script"), "rwxr-x--x");
    permissions(source.resolve("empty-folder"), "r-xr-xr-x");
    Files.setLastModifiedTime(source.resolve("a/script"), THEN);
    Files.setLastModifiedTime(source.resolve("a"), THEN);
    FolderBackup backup = FolderBackup.of(source);
    OneStream dump = OneStream.of(backup);

    backup.inspect(dump);
    backup.restore(dump, folder.resolve("absent").toString());
    Files.createDirectory(folder.resolve("empty"));
    backup.restore(dump, folder.resolve("empty").toString());

    for (String target : List.of("absent", "empty")) {
      assertEquals(listing(source), listing(folder.resolve(target)));
    }
    assertEquals("3", dump.facts().get("links"));
    assertEquals(
        List.of("absent", "empty", "source"), children(folder), "what a restore leaves behind");
  }

  @Test
  void tarCanReadIt() throws Exception {
    Path source = Files.createDirectories(folder.resolve("source"));
    String name = "a".repeat(120) + oddName();
    Files.writeString(source.resolve(name), "content");
    Files.createSymbolicLink(source.resolve("link"), Path.of(name));
    Files.write(
        folder.resolve("dump.tar"), OneStream.of(FolderBackup.of(source)).bytes().toByteArray());
    Path target = Files.createDirectory(folder.resolve("target"));

    Process tar =
        new ProcessBuilder("tar", "-xpf", "../dump.tar")
            .directory(target.toFile())
            .inheritIO()
            .start();

    assertTrue(tar.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, tar.exitValue());
    assertEquals(listing(source), listing(target));
  }

  @Test
  void anArchiveThatLeadsOutOfItsFolderIsRefusedAndNothingRemains() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    List<List<TarEntry>> hostile =
        List.of(
            List.of(link("x", outside.toString()), file("x/evil")),
            List.of(link("x", "../outside"), file("x")),
            List.of(file("x"), link("x", "../outside")),
            List.of(file("no-such-folder/evil")),
            List.of(file("same"), file("same")));
    for (List<TarEntry> entries : hostile) {
      OneStream dump = archive(entries);
      FolderBackup backup = FolderBackup.of(folder);
      String target = folder.resolve("target").toString();
      Exception refusal =
          assertThrows(Exception.class, () -> backup.restore(dump, target), entries::toString);
      assertTrue(
          refusal instanceof BackupCorruptException
              || refusal instanceof java.nio.file.FileSystemException,
          () -> entries + ": " + refusal);
      assertEquals(List.of("outside"), children(folder), entries::toString);
      assertEquals(List.of(), children(outside), entries::toString);
    }
  }

  @Test
  void namesThatLeadOutCannotEvenBeMade() {
    for (String name :
        List.of("", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "a/")) {
      assertThrows(BackupCorruptException.class, () -> file(name), name);
    }
  }

  @Test
  void whatIsNotAnArchiveOfTheseFactsIsRefused() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("one"), "content");
    FolderBackup backup = FolderBackup.of(source);
    OneStream dump = OneStream.of(backup);
    byte[] whole = dump.bytes().toByteArray();
    for (int i = 0; i < whole.length; i += 7) {
      ByteArrayOutputStream shorter = new ByteArrayOutputStream();
      shorter.write(whole, 0, i);
      OneStream cut = new OneStream(shorter, dump.facts());
      assertThrows(BackupCorruptException.class, () -> backup.inspect(cut), "after " + i);
    }
    OneStream other = new OneStream(archive(List.of()).bytes(), dump.facts());
    assertThrows(BackupCorruptException.class, () -> backup.inspect(other));
  }

  @Test
  void aTargetThatIsNotEmptyIsRefusedAndStays() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("one"), "content");
    FolderBackup backup = FolderBackup.of(source);
    OneStream dump = OneStream.of(backup);
    String before = listing(source);

    assertThrows(
        BackupRefusedException.class, () -> backup.restore(dump, source.toString()), "itself");
    assertThrows(
        BackupRefusedException.class,
        () -> backup.restore(dump, source.resolve("one").toString()),
        "a file");
    Path link = Files.createSymbolicLink(folder.resolve("link"), source);
    assertThrows(
        BackupRefusedException.class, () -> backup.restore(dump, link.toString()), "a link");
    assertThrows(BackupRefusedException.class, () -> backup.restore(dump, "/"));
    assertThrows(BackupRefusedException.class, () -> backup.restore(dump, " "));
    assertThrows(IOException.class, () -> backup.restore(dump, folder + "/no/such/parent"));
    assertEquals(before, listing(source));
  }

  @Test
  void whatCannotBeKeptIsNamedInsteadOfLeftOut() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Process mkfifo =
        new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).inheritIO().start();
    assertTrue(mkfifo.waitFor(20, TimeUnit.SECONDS));

    var refusal =
        assertThrows(BackupRefusedException.class, () -> OneStream.of(FolderBackup.of(source)));

    assertTrue(refusal.getMessage().contains("/pipe is neither"), refusal.getMessage());
    assertThrows(
        BackupRefusedException.class,
        () -> OneStream.of(FolderBackup.of(folder.resolve("absent"))));
  }

  @Test
  void aFileThatGrowsWhileItIsReadEndsTheDump() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Path growing = Files.write(source.resolve("growing"), new byte[200_000]);
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            try {
              Files.writeString(growing, "more", java.nio.file.StandardOpenOption.APPEND);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
        };
    FolderBackup backup = FolderBackup.of(source);

    assertThrows(IOException.class, () -> backup.dump(new OneStream(out, Map.of())));
  }

  /** With characters beyond ASCII where the locale of the build knows any. */
  private static String oddName() {
    boolean knowsAll = System.getProperty("sun.jnu.encoding", "").equals("UTF-8");
    return (knowsAll ? "Zoë 😀" : "Zoe") + " \\ .txt";
  }

  private static OneStream archive(List<TarEntry> entries) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(bytes);
    Counts counts = new Counts();
    for (TarEntry entry : entries) {
      counts.add(entry);
      tar.begin(entry);
      tar.end(entry);
    }
    tar.finish();
    return new OneStream(bytes, counts.facts());
  }

  private static TarEntry file(String name) {
    return new TarEntry(TarEntry.Kind.FILE, name, 0644, THEN, 0, "");
  }

  private static TarEntry link(String name, String target) {
    return new TarEntry(TarEntry.Kind.LINK, name, 0644, THEN, 0, target);
  }

  private static void permissions(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static List<String> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  private static String listing(Path root) throws IOException {
    StringBuilder listing = new StringBuilder();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(p -> !p.equals(root)).sorted().toList()) {
        listing.append(root.relativize(path)).append(' ');
        if (Files.isSymbolicLink(path)) {
          listing.append(Files.readSymbolicLink(path)).append('\n');
          continue;
        }
        listing.append(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
        listing.append(' ').append(Files.getLastModifiedTime(path));
        if (Files.isRegularFile(path)) {
          listing.append(' ').append(Files.readString(path));
        }
        listing.append('\n');
      }
    }
    assertFalse(listing.isEmpty());
    return listing.toString();
  }
}
