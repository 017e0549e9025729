package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentCipherTest {
  private static final String ID = "20260101T000000000Z-00000000000000aa";
  private static final ChunkPlace PLACE = new ChunkPlace("data", 2, 4);

  private final DataKey key = DataKey.random(new SecureRandom());
  private final SegmentCipher cipher = new SegmentCipher(ID, key);
  private final byte[] plain = Fixture.randomBytes(3 * SegmentCipher.SEGMENT_BYTES + 77);
  private final byte[] sealed = seal(cipher, PLACE, plain);

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 511, 512, 513, 65_535, 65_536, 65_537, 131_072, 1_000_001})
  void comesBackAsItWas(int length) {
    byte[] bytes = Fixture.randomBytes(length);
    ChunkPlace place = new ChunkPlace("data", 2, 5);
    byte[] stored = seal(cipher, place, bytes);

    assertEquals(SegmentCipher.sealedLength(length), stored.length);
    assertArrayEquals(bytes, open(cipher, place, stored));
  }

  @Test
  void noBitCanBeChanged() {
    for (int bit = 0; bit < sealed.length * 8; bit += 4999) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(cipher, PLACE, flipped);
    }
  }

  @Test
  void aSegmentKnowsItsPlaceInTheChunk() {
    List<byte[]> segments = Segments.of(sealed);
    assertEquals(4, segments.size());

    for (int i = 1; i < 4; i++) {
      refused(cipher, PLACE, Segments.joined(segments.subList(0, i)));
      refused(cipher, PLACE, Segments.joined(segments.subList(i, 4)));
    }
    refused(cipher, PLACE, joined(segments, 1, 0, 2, 3));
    refused(cipher, PLACE, joined(segments, 0, 1, 1, 3));
    refused(cipher, PLACE, joined(segments, 0, 1, 2, 2, 3));
    refused(cipher, PLACE, joined(segments, 0, 1, 2, 3, 3));
  }

  @Test
  void aChunkKnowsItsPlaceInTheBackupAndWhoseItIs() {
    refused(cipher, new ChunkPlace("data", 2, 5), sealed);
    refused(cipher, new ChunkPlace("data", 3, 4), sealed);
    refused(cipher, new ChunkPlace("date", 2, 4), sealed);
    refused(new SegmentCipher(ID.replace("aa", "ab"), key), PLACE, sealed);
    refused(new SegmentCipher(ID, DataKey.random(new SecureRandom())), PLACE, sealed);
    assertArrayEquals(plain, open(new SegmentCipher(ID, key), PLACE, sealed));
  }

  @Test
  void nothingIsEncryptedWithAKeyThatIsWiped() {
    key.close();

    ChunkPlace next = new ChunkPlace("data", 2, 5);
    var refusal = assertThrows(IllegalStateException.class, () -> seal(cipher, next, plain));
    assertEquals("the data key is wiped", refusal.getMessage());
  }

  private static byte[] joined(List<byte[]> segments, int... order) {
    return Segments.joined(Arrays.stream(order).mapToObj(segments::get).toList());
  }

  private static byte[] seal(SegmentCipher cipher, ChunkPlace place, byte[] bytes) {
    byte[] room = Arrays.copyOf(bytes, SegmentCipher.sealedLength(bytes.length));
    return Arrays.copyOf(room, cipher.seal(place, room, bytes.length));
  }

  private static byte[] open(SegmentCipher cipher, ChunkPlace place, byte[] stored) {
    byte[] room = stored.clone();
    return Arrays.copyOf(room, cipher.open(place, room, stored.length));
  }

  private static void refused(SegmentCipher cipher, ChunkPlace place, byte[] stored) {
    assertThrows(BackupCorruptException.class, () -> open(cipher, place, stored));
  }
}
