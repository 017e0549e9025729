package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.VerificationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backup, verification and restore of a real database, and what is refused. */
@Timeout(300)
class PostgresBackupIT {
  @TempDir static Path folder;

  private static Shop shop;

  @BeforeAll
  static void open() throws SQLException {
    shop = Shop.open(folder, 200_000);
  }

  @AfterAll
  static void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRestoredIntoAFreshDatabaseIsEqual(Place place) throws SQLException {
    try (BackupService backups = service(place.empty(folder))) {
      BackupRecord record = backups.backupNow();
      VerificationReport verified = backups.verify(record.id());
      String target = Shop.freshDatabase();
      backups.restoreInto(record.id(), target);

      assertTrue(record.chunks() > 3, "one chunk of the archive shows too little");
      assertEquals(record.plainBytes(), verified.plainBytes());
      assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint(target));
      assertEquals(Optional.of(record), backups.catalog().latest());
    }
  }

  @Test
  void anExistingDatabaseIsRefusedAndStaysAsItIs() throws SQLException {
    String existing = Shop.freshDatabase();
    shop.execute("postgres", "CREATE DATABASE " + existing);
    shop.execute(existing, "CREATE TABLE precious (id int); INSERT INTO precious VALUES (42)");
    try (BackupService backups = service(Place.FILES.empty(folder))) {
      String id = backups.backupNow().id();

      assertThrows(BackupRefusedException.class, () -> backups.restoreInto(id, existing));
      assertThrows(BackupRefusedException.class, () -> backups.restoreInto(id, Shop.NAME));
    }
    assertEquals(
        "precious 42",
        shop.query(
            existing,
            "SELECT string_agg(relname, ',') || ' ' || (SELECT max(id) FROM precious)"
                + " FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
  }

  @Test
  void aRestoreWhoseToolIsKilledLeavesNoDatabase() throws SQLException {
    StepStore store = new StepStore(Place.FILES.empty(folder));
    String target = Shop.freshDatabase();
    try (BackupService backups = service(store)) {
      BackupRecord record = backups.backupNow();
      store.inTheMiddleOfLoading(() -> Tools.kill("pg_restore"));

      assertThrows(
          BackupUnavailableException.class, () -> backups.restoreInto(record.id(), target));

      assertFalse(shop.exists(target));
      backups.restoreInto(record.id(), target);
      assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint(target));
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutThePassword() {
    String output =
        Console.during(
            () -> {
              BackupException refused = failure(shop.strategy("toolCanary").build());
              assertEquals(BackupRefusedException.class, refused.getClass());
              assertTrue(refused.getMessage().contains("password authentication failed"));
              assertFalse(refused.toString().contains("Canary"), refused.toString());
            });
    assertTrue(output.contains("BACKUP of shop failed"), "the log was not seen: " + output);
    assertFalse(output.contains("Canary"), output);
  }

  @Test
  void thePasswordIsNowhereAndADumpHasNoFile() {
    String password = shop.postgres().password();
    Path place = folder.resolve("store-of-the-canary");
    StepStore store =
        new StepStore(FileSystemBackupStore.at(place))
            .afterTheFirstChunk(
                () -> {
                  assertInNoCommandLine("pg_dump", password);
                  assertInNoCommandLine("psql", password);
                  assertNoFileIsOpen("pg_dump");
                  assertNoFileIsOpen("psql");
                });
    String output =
        Console.during(
            () -> {
              try (BackupService backups = service(store)) {
                BackupRecord record = backups.backupNow();
                store.inTheMiddleOfLoading(
                    () -> {
                      assertInNoCommandLine("pg_restore", password);
                      assertNoFileIsOpen("pg_restore");
                    });
                backups.restores().swapIn(record.id());
                assertFalse(record.toString().contains(password), "in the manifest");
              }
            });
    assertFalse(output.contains(password), output);
    assertInNoFileBelow(place, password);
  }

  private static void assertNoFileIsOpen(String tool) {
    List<ProcessHandle> running = Tools.running(ProcessHandle.current(), tool);
    assertFalse(running.isEmpty(), tool + " does not run");
    running.forEach(process -> assertEquals(List.of(), Tools.openFiles(process), tool));
  }

  private static void assertInNoFileBelow(Path place, String password) {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(
            Files.readString(file, StandardCharsets.ISO_8859_1).contains(password),
            file.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertInNoCommandLine(String tool, String password) {
    List<String> lines =
        ProcessHandle.allProcesses().map(CommandLine::of).filter(l -> !l.isEmpty()).toList();
    assertTrue(lines.stream().anyMatch(l -> l.contains(tool)), tool + " is not among " + lines);
    assertTrue(lines.stream().noneMatch(l -> l.contains(password)), "in a command line");
  }

  private static BackupException failure(BackupStrategy strategy) {
    try (BackupService backups =
        BackupService.builder(Shop.NAME)
            .strategy(strategy)
            .store(Place.FILES.empty(folder))
            .build()) {
      return assertThrows(BackupException.class, backups::backupNow);
    }
  }

  private static BackupService service(BackupStore store) {
    // On this thread: while a chunk is stored the tool must still be running.
    return BackupService.builder(Shop.NAME)
        .strategy(shop.strategy().build())
        .store(store)
        .workers(0)
        .build();
  }
}
