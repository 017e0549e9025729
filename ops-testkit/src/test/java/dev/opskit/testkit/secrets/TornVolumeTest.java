package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.MountedFileProvider;
import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretFetch;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user and a password that are two keys of one Secret. With {@code -Dopskit.torn.reads=1000000}
 * it reads as often as the guide says.
 */
@Tag("once")
class TornVolumeTest {
  private static final int READS = Integer.getInteger("opskit.torn.reads", 20_000);
  private static final int CHANGES = 50;
  private static final SecretRef USER = SecretRef.of("username");
  private static final SecretRef PASSWORD = SecretRef.of("password");

  @TempDir private Path mount;

  @Test
  void aPairIsNeverOfTwoVersionsHoweverOftenTheVolumeIsSwapped() throws Exception {
    FakeSecretVolume volume = FakeSecretVolume.mountedOn(mount);
    volume.write(generation(0));
    MountedFileProvider provider = MountedFileProvider.of(mount);
    AtomicBoolean reading = new AtomicBoolean(true);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> swaps = thread.submit(() -> swapWhile(reading, volume));
      String last = readPair(provider);
      int reads = 0;
      int changes = 0;
      // However slow the other thread is, reads without a change in between show nothing.
      while ((reads < READS || changes < CHANGES) && !swaps.isDone()) {
        String now = readPair(provider);
        reads++;
        changes += now.equals(last) ? 0 : 1;
        last = now;
      }
      reading.set(false);
      int swapped = swaps.get(60, TimeUnit.SECONDS);
      String told = reads + " pairs, " + swapped + " swaps, " + changes + " seen, 0 torn";
      System.getLogger("torn").log(System.Logger.Level.INFO, told);
    } finally {
      reading.set(false);
      thread.shutdownNow();
    }
  }

  private static int swapWhile(AtomicBoolean reading, FakeSecretVolume volume) throws Exception {
    int swaps = 0;
    while (reading.get()) {
      volume.write(generation(++swaps));
    }
    return swaps;
  }

  /** The version, after all was compared with it. */
  private static String readPair(MountedFileProvider provider) {
    Map<SecretRef, SecretFetch> pair = provider.fetchAll(List.of(USER, PASSWORD));
    while (pair.get(USER) instanceof SecretFetch.Failed failed
        && failed.why() instanceof SecretException.Unavailable) {
      // Swapped during each of its attempts, which it says: that is not torn.
      pair = provider.fetchAll(List.of(USER, PASSWORD));
    }
    try (SecretValue user = value(pair.get(USER));
        SecretValue password = value(pair.get(PASSWORD))) {
      assertEquals(user.version(), password.version());
      String generation = user.reveal("a test").substring("user-".length());
      assertTrue(password.matches("password-" + generation), "a torn pair");
      return user.version();
    }
  }

  private static SecretValue value(SecretFetch fetch) {
    if (fetch instanceof SecretFetch.Failed failed) {
      throw failed.why();
    }
    return ((SecretFetch.Fetched) fetch).value();
  }

  private static Map<String, byte[]> generation(int number) {
    return Map.of(
        "username", ("user-" + number).getBytes(StandardCharsets.UTF_8),
        "password", ("password-" + number).getBytes(StandardCharsets.UTF_8));
  }
}
