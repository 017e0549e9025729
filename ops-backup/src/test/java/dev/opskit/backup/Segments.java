package dev.opskit.backup;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The segments of an encrypted chunk, as whoever knows the format can move them. */
final class Segments {
  private static final int SEALED = SegmentCipher.SEGMENT_BYTES + SegmentCipher.TAG_BYTES;

  private Segments() {}

  static List<byte[]> of(byte[] chunk) {
    List<byte[]> segments = new ArrayList<>();
    for (int from = 0; from < chunk.length; from += SEALED) {
      segments.add(Arrays.copyOfRange(chunk, from, Math.min(chunk.length, from + SEALED)));
    }
    return segments;
  }

  static byte[] joined(List<byte[]> segments) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    segments.forEach(chunk::writeBytes);
    return chunk.toByteArray();
  }

  /** Never nothing. */
  static byte[] rearranged(byte[] chunk, byte[] other, Random random) {
    List<byte[]> segments = of(chunk);
    List<byte[]> others = of(other);
    int at = random.nextInt(segments.size());
    switch (random.nextInt(5)) {
      case 0 -> Collections.swap(segments, at, segments.size() - 1);
      case 1 -> segments.add(at, segments.get(at));
      case 2 -> segments.set(at, others.get(random.nextInt(others.size())));
      case 3 -> segments.addAll(others);
      default -> {
        if (segments.size() > 1) {
          segments.remove(at);
        }
      }
    }
    return joined(segments);
  }
}
