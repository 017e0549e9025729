package dev.opskit.core.masking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Texts read eight bytes at once. */
final class Words {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Words() {}

  /** The eight bytes that begin there, the first one in the highest place. */
  static long at(byte[] text, int at) {
    return (long) WORD.get(text, at);
  }

  /** Skips words that hold none of three characters; where the rest of the text begins. */
  static int skipWithout(char a, char b, char c, byte[] text, int from, int end) {
    long wordOfA = ONES * a;
    long wordOfB = ONES * b;
    long wordOfC = ONES * c;
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long word = at(text, at);
      if (hasZeroByte(word ^ wordOfA)
          || hasZeroByte(word ^ wordOfB)
          || hasZeroByte(word ^ wordOfC)) {
        return at;
      }
    }
    return at;
  }

  private static boolean hasZeroByte(long word) {
    return (word - ONES & ~word & HIGH_BITS) != 0;
  }
}
