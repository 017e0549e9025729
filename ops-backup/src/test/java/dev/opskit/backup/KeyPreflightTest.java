package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that cannot be used is found before a backup needs it. */
class KeyPreflightTest {
  @TempDir Path folder;

  private final Fixture fixture = new Fixture();
  private final TestKeys good = new TestKeys("good");
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void keysThatWorkAreNoProblemAndLeaveNothingBehind() throws IOException {
    Files.writeString(folder.resolve("2026-11"), "ab".repeat(32));

    assertEquals(List.of(), problems(good, FileKeyProvider.of(folder, "2026-11")));

    assertEquals(2, good.given.size());
    for (byte[] array : good.given) {
      assertArrayEquals(new byte[32], array);
    }
    assertEquals(1, fixture.store.blobs.size(), "more than the blob of the preflight");
  }

  @Test
  void everyRecipientIsTriedAndEachFailureIsToldWithTheMend() {
    List<BackupProblem> problems =
        problems(
            FileKeyProvider.of(folder, "lost"),
            good,
            provider(
                key -> {
                  throw new IllegalStateException("no answer");
                },
                Optional::of),
            provider(key -> null, Optional::of));

    assertEquals(
        List.of(
            "recipient 1 of 4 of the option encryption cannot be used",
            "recipient 3 of 4 of the option encryption cannot be used",
            "recipient 4 of 4 of the option encryption cannot be used"),
        problems.stream().map(BackupProblem::what).toList());
    assertTrue(problems.get(0).mend().contains("there is no file for key lost in " + folder));
    assertTrue(problems.get(1).mend().contains("no answer"), problems.get(1).mend());
    assertTrue(problems.get(2).mend().contains("wrapped nothing"), problems.get(2).mend());
  }

  @Test
  void aKeyThatWrapsAndDoesNotUnwrapIsToldWithoutAByteOfIt() {
    List<BackupProblem> problems =
        problems(
            provider(UnaryOperator.identity(), key -> Optional.empty()),
            provider(UnaryOperator.identity(), key -> Optional.of(new byte[32])),
            provider(UnaryOperator.identity(), key -> Optional.of(new byte[31])),
            provider(
                UnaryOperator.identity(),
                key -> {
                  throw new BackupKeyException("key other may not decrypt");
                }));

    assertEquals(4, problems.size(), problems.toString());
    List<String> mends = problems.stream().map(BackupProblem::mend).toList();
    assertTrue(mends.get(0).contains("does not know key other"), mends.get(0));
    assertTrue(mends.get(1).contains("another data key"), mends.get(1));
    assertTrue(mends.get(2).contains("31 bytes instead of 32"), mends.get(2));
    assertTrue(mends.get(3).contains("key other may not decrypt"), mends.get(3));
    for (String given : seen) {
      assertFalse(problems.toString().contains(given), "a data key is told");
    }
    assertEquals(4, seen.stream().distinct().count(), "one key for several recipients");
  }

  @Test
  void aBackupWhoseKeyIsGoneIsAProblemBeforeItIsRestored() {
    fixture.strategy.streams.put("data", new byte[] {1});
    String id;
    try (BackupService service = service(good)) {
      id = service.backupNow().id();
      assertEquals(List.of(), service.restores().preflight(id));
    }
    try (BackupService service = service(new TestKeys("another"))) {
      List<BackupProblem> problems = service.restores().preflight(id);

      assertEquals(1, problems.size(), problems.toString());
      assertEquals("backup " + id + " cannot be opened", problems.get(0).what());
      assertTrue(problems.get(0).mend().contains("good"), problems.get(0).mend());
    }
  }

  private KeyProvider provider(
      UnaryOperator<byte[]> wrapping, Function<byte[], Optional<byte[]>> unwrapping) {
    return new KeyProvider() {
      @Override
      public WrappedKey wrap(byte[] dataKey) {
        seen.add(HexFormat.of().formatHex(dataKey));
        byte[] wrapped = wrapping.apply(dataKey);
        return wrapped == null ? null : new WrappedKey("other", HexFormat.of().formatHex(wrapped));
      }

      @Override
      public Optional<byte[]> unwrap(WrappedKey wrapped) {
        return unwrapping.apply(HexFormat.of().parseHex(wrapped.ciphertext()));
      }
    };
  }

  private List<BackupProblem> problems(KeyProvider first, KeyProvider... more) {
    try (BackupService service = service(first, more)) {
      return service.preflight();
    }
  }

  private BackupService service(KeyProvider first, KeyProvider... more) {
    return BackupService.builder("orders")
        .strategy(fixture.strategy)
        .store(fixture.store)
        .time(fixture.time)
        .encryption(first, more)
        .build();
  }
}
