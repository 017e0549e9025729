package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as the kubelet writes it. */
class VolumeSwapTest {
  private static final int SWAPS = 300;
  private static final int READS = 300;

  @TempDir private Path root;
  private KubernetesVolume volume;
  private MountedFileProvider provider;

  @BeforeEach
  void mount() {
    volume = new KubernetesVolume(root);
    provider = MountedFileProvider.of(root);
  }

  @Test
  void theFolderOfTheVolumeIsTheVersion() throws IOException {
    String one = volume.put(Map.of("database", "hunter2hunter2\n"));
    SecretValue first = fetch("database");
    String two = volume.put(Map.of("database", "correct horse\n"));
    SecretValue second = fetch("database");

    assertTrue(first.matches("hunter2hunter2"));
    assertEquals(one, first.version());
    assertTrue(second.matches("correct horse"));
    assertEquals(two, second.version());
  }

  @Test
  void everybodyMayReadInTheVolumeAsTheKubeletDefaultsToThat() throws IOException {
    String folder = volume.put(Map.of("database", "hunter2hunter2"));
    Modes.set(root.resolve(folder).resolve("database"), "rw-r--r--");
    assertTrue(fetch("database").matches("hunter2hunter2"));
  }

  @Test
  void aFileOfTheVolumeThatEverybodyMayWriteIsRefused() throws IOException {
    String folder = volume.put(Map.of("database", "hunter2hunter2"));
    Modes.set(root.resolve(folder).resolve("database"), "rw-rw-rw-");
    assertThrows(SecretException.AccessDenied.class, () -> fetch("database"));
  }

  @Test
  void anEmptyFileInTheVolumeIsMalformedAndAVolumeWithoutAnyIsNotFound() throws IOException {
    volume.put(Map.of("database", ""));
    assertThrows(SecretException.Malformed.class, () -> fetch("database"));
    volume.put(Map.of());
    assertThrows(SecretException.NotFound.class, () -> fetch("database"));
    Files.delete(root.resolve("..data"));
    assertThrows(SecretException.NotFound.class, () -> fetch("database"));
  }

  @Test
  void aKeyThatIsNotInTheVolumeIsNotFoundAlsoIfItWasThereBefore() throws IOException {
    volume.put(Map.of("database", "hunter2hunter2"));
    fetch("database");
    volume.put(Map.of("another", "correct horse"));
    assertThrows(SecretException.NotFound.class, () -> fetch("database"));
  }

  @Test
  void aReadThroughTheKubeletsOwnFoldersStaysInTheVolume() throws IOException {
    volume.put(Map.of("database", "hunter2hunter2"));
    Files.writeString(root.resolve("beside"), "not in the volume");
    assertThrows(SecretException.NotFound.class, () -> fetch("../beside"));
    assertThrows(SecretException.NotFound.class, () -> fetch("..data/database"));
  }

  @Test
  void noReadIsTornOrFailsHoweverOftenTheVolumeIsSwapped() throws Exception {
    // Long enough that a read of two generations would show.
    volume.put(generation(0));
    AtomicBoolean swapping = new AtomicBoolean(true);
    AtomicInteger reads = new AtomicInteger();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        all.add(readers.submit(() -> readWhile(swapping, reads)));
      }
      // However slow the readers are, swaps without a read in between show nothing.
      for (int i = 1; i < SWAPS || (reads.get() < READS && !anyIsDone(all)); i++) {
        volume.put(generation(i));
      }
      swapping.set(false);
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      swapping.set(false);
      readers.shutdownNow();
    }
  }

  private static boolean anyIsDone(List<Future<?>> readers) {
    return readers.stream().anyMatch(Future::isDone);
  }

  private void readWhile(AtomicBoolean swapping, AtomicInteger reads) {
    while (swapping.get()) {
      SecretValue value = fetch("database");
      String text = value.reveal("a test");
      // The version ends in the generation, and so does every line of the value.
      String own = value.version().substring(value.version().lastIndexOf('.') + 1);
      assertEquals(content(Integer.parseInt(own)), text);
      reads.incrementAndGet();
    }
  }

  private static Map<String, String> generation(int number) {
    return Map.of("database", content(number), "another", content(number));
  }

  private static String content(int number) {
    return ("user-and-password-" + number + ";").repeat(400);
  }

  private SecretValue fetch(String id) {
    return provider.fetch(SecretRef.of(id));
  }
}
