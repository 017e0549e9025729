package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.event.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
  private static final SecretRef KEY = SecretRef.of("database");

  @TempDir private Path above;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void eachSwapOfAVolumeIsTold() throws Exception {
    KubernetesVolume volume = new KubernetesVolume(above);
    volume.put(Map.of("database", "one"));
    MountedFileProvider provider = MountedFileProvider.of(above);
    try (Subscription watch = provider.watch(KEY, () -> told.add(read(provider)))) {
      for (String value : new String[] {"two", "three", "four"}) {
        volume.put(Map.of("database", value));
        awaitTold(value);
      }
    }
  }

  @Test
  void aFileIsTheOneThatIsWatchedAndNotItsNeighbour() throws Exception {
    replace("database", "one");
    MountedFileProvider provider = MountedFileProvider.of(above);
    try (Subscription watch = provider.watch(KEY, () -> told.add("database"));
        Subscription other = provider.watch(SecretRef.of("other"), () -> told.add("other"))) {
      replace("other", "one");
      assertEquals("other", told.poll(60, TimeUnit.SECONDS));
      replace("database", "two");
      assertEquals("database", told.poll(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void aFolderThatIsMountedLaterIsWatchedFromThenOn() throws Exception {
    Path root = above.resolve("later");
    MountedFileProvider provider = MountedFileProvider.of(root);
    try (Subscription watch = provider.watch(KEY, () -> told.add(read(provider)))) {
      Files.createDirectory(root);
      Path next = Modes.set(Files.writeString(above.resolve("next"), "one"), "rw-------");
      Files.move(next, root.resolve("database"), StandardCopyOption.ATOMIC_MOVE);
      awaitTold("one");
    }
  }

  @Test
  void aWatcherThatThrowsIsToldOfTheNextChangeAndSoAreOthers() throws Exception {
    replace("database", "one");
    // Which of the two is told first is left open.
    BlockingQueue<String> badTold = new LinkedBlockingQueue<>();
    MountedFileProvider provider = MountedFileProvider.of(above);
    try (Subscription bad =
            provider.watch(
                KEY,
                () -> {
                  badTold.add("bad");
                  throw new IllegalStateException();
                });
        Subscription good = provider.watch(KEY, () -> told.add("good"))) {
      for (String value : new String[] {"two", "three"}) {
        replace("database", value);
        assertEquals("bad", badTold.poll(60, TimeUnit.SECONDS));
        assertEquals("good", told.poll(60, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void oneThreadServesAllWatchesAndEndsWithTheLast() throws Exception {
    replace("database", "one");
    MountedFileProvider provider = MountedFileProvider.of(above);
    Thread watching;
    try (Subscription one = provider.watch(KEY, () -> {});
        Subscription two = provider.watch(KEY, () -> told.add(threadName()))) {
      replace("database", "two");
      String name = told.poll(60, TimeUnit.SECONDS);
      watching =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals(name))
              .findFirst()
              .orElseThrow();
      assertTrue(watching.isDaemon());
    }
    watching.join(TimeUnit.SECONDS.toMillis(60));
    assertTrue(!watching.isAlive(), "the thread goes on without a watch");

    try (Subscription again = provider.watch(KEY, () -> told.add("again"))) {
      replace("database", "three");
      assertEquals("again", told.poll(60, TimeUnit.SECONDS));
    }
  }

  /** Names are not unique; this test has the only watch of its own. */
  private String threadName() {
    Thread.currentThread().setName("watch-of-" + System.identityHashCode(this));
    return Thread.currentThread().getName();
  }

  /** A swap may be told twice, and a value may be seen before it is told. */
  private void awaitTold(String value) throws InterruptedException {
    String last = null;
    while (!value.equals(last)) {
      last = told.poll(60, TimeUnit.SECONDS);
      assertTrue(last != null, () -> value + " was not told");
    }
  }

  private static String read(MountedFileProvider provider) {
    try (SecretValue value = provider.fetch(KEY)) {
      return value.reveal("a test");
    }
  }

  private void replace(String name, String value) throws IOException {
    Path next = Modes.set(Files.writeString(above.resolve("next"), value), "rw-------");
    Files.move(next, above.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
