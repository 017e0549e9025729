package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is done to the blobs of a backup, a restore is refused before the strategy is asked to
 * load anything, and a verification hands the strategy nothing but what was dumped. {@code
 * -Dopskit.backup.mutations=10000} tries more; the number of a case that fails is in its message.
 */
@Tag("once")
class MutationsTest {
  private static final int CASES = Integer.getInteger("opskit.backup.mutations", 1000);
  private static final String ID = "20260101T000000000Z-00000000000000aa";
  private static final String OTHER = "20260102T000000000Z-00000000000000bb";

  private final TestKeys keys = new TestKeys("k1");
  private final MemoryStore store = new MemoryStore();
  private final Map<BlobKey, byte[]> sound = new TreeMap<>();

  @Test
  void everyMutationIsRejectedBeforeAByteIsLoaded() {
    rejectsAll(new Packaging(Compression.zstd(1), 0, null, List.of()), 1024, CASES);
  }

  @Test
  void everyMutationOfAnUncompressedBackupIsRejected() {
    rejectsAll(new Packaging(Compression.NONE, 0, null, List.of()), 1024, CASES / 4);
  }

  @Test
  void everyMutationOfAnEncryptedBackupIsRejected() {
    // Two segments a chunk.
    rejectsAll(keys.packaging(), SegmentCipher.SEGMENT_BYTES + 500, CASES / 8);
  }

  private void rejectsAll(Packaging packaging, int chunkBytes, int cases) {
    SmallChunks backup = SmallChunks.store(store, ID, 1, packaging, chunkBytes);
    SmallChunks.store(store, OTHER, 2, packaging, chunkBytes);
    sound.putAll(store.blobs);
    Witness strategy = new Witness(backup.streams());
    try (BackupService service =
        BackupService.builder("orders").strategy(strategy).store(store).encryption(keys).build()) {
      service.verify(ID);
      service.restoreInto(ID, "sound");
      assertEquals(1, strategy.restores);
      List<Mutation> mutations = mutations(packaging);
      for (int number = 0; number < cases; number++) {
        Random random = new Random(number);
        Mutation mutation = mutations.get(number % mutations.size());
        do {
          reset();
          mutation.apply(new Mutation.Subject(store, backup.manifest(), packaging, OTHER), random);
        } while (isSound());
        String about = "case " + number + ", " + mutation;
        assertThrows(BackupRefusedException.class, () -> service.restoreInto(ID, "copy"), about);
        assertEquals(1, strategy.restores, about);
        assertThrows(BackupRefusedException.class, () -> service.verify(ID), about);
        assertTrue(strategy.sawOnlyWhatWasDumped, about);
      }
    }
  }

  private static List<Mutation> mutations(Packaging packaging) {
    List<Mutation> mutations = new ArrayList<>(List.of(Mutation.values()));
    if (packaging.key() == null) {
      // Whoever may write can write anything there; what was dumped is shown by a key alone.
      mutations.remove(Mutation.REARRANGE_SEGMENTS);
    }
    return mutations;
  }

  private void reset() {
    store.blobs.clear();
    store.puts.clear();
    store.blobs.putAll(sound);
  }

  private boolean isSound() {
    return store.blobs.keySet().equals(sound.keySet())
        && sound.entrySet().stream()
            .allMatch(blob -> Arrays.equals(blob.getValue(), store.bytes(blob.getKey())));
  }

  /** Compares everything that it is given with what was dumped. */
  private static final class Witness implements BackupStrategy {
    private final Map<String, byte[]> truth;
    private int restores;
    private boolean sawOnlyWhatWasDumped = true;

    Witness(Map<String, byte[]> truth) {
      this.truth = truth;
    }

    @Override
    public String format() {
      return "bytes";
    }

    @Override
    public Map<String, String> dump(BackupSink sink) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void inspect(BackupSource source) throws IOException {
      for (String name : source.streams()) {
        byte[] expected = truth.getOrDefault(name, new byte[0]);
        try (InputStream in = source.open(name)) {
          int position = 0;
          for (int b = in.read(); b >= 0; b = in.read()) {
            sawOnlyWhatWasDumped &= position < expected.length && expected[position++] == (byte) b;
          }
        }
      }
    }

    @Override
    public void restore(BackupSource source, String target) throws IOException {
      restores++;
      inspect(source);
    }
  }
}
