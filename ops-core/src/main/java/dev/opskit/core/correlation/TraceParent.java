package dev.opskit.core.correlation;

import org.jspecify.annotations.Nullable;

/**
 * A {@code traceparent} of the W3C Trace Context recommendation. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 lower-case hexadecimal digits, not all zero
 * @param flags the trace flags, 0 to 255
 */
public record TraceParent(String traceId, String parentId, int flags) {
  /** The header's name. */
  public static final String HEADER = "traceparent";

  private static final int VERSION_00_LENGTH = 55;

  /** Validates each part. */
  public TraceParent {
    if (!isId(traceId, 0, traceId.length(), 32) || !isId(parentId, 0, parentId.length(), 16)) {
      throw new IllegalArgumentException(
          "a trace id has 32 and a parent id 16 lower-case hexadecimal digits, not all zero");
    }
    if (flags < 0 || flags > 255) {
      throw new IllegalArgumentException("trace flags are " + flags + ", must be 0 to 255");
    }
  }

  /**
   * Reads a header as the recommendation demands: anything that is not valid counts as absent, and
   * of a version that is not known yet the parts of version 00 are read.
   *
   * @param header the header's value, or null
   * @return null if it is absent or not valid
   */
  public static @Nullable TraceParent parse(@Nullable String header) {
    if (header == null || header.length() < VERSION_00_LENGTH || !isWellFormed(header)) {
      return null;
    }
    return new TraceParent(
        header.substring(3, 35),
        header.substring(36, 52),
        Integer.parseInt(header.substring(53, 55), 16));
  }

  private static boolean isWellFormed(String header) {
    boolean version00 = header.startsWith("00");
    boolean rightLength =
        header.length() == VERSION_00_LENGTH
            || (!version00 && header.charAt(VERSION_00_LENGTH) == '-');
    return rightLength
        && !header.startsWith("ff")
        && isHex(header, 0, 2)
        && header.charAt(2) == '-'
        && isId(header, 3, 35, 32)
        && header.charAt(35) == '-'
        && isId(header, 36, 52, 16)
        && header.charAt(52) == '-'
        && isHex(header, 53, 55);
  }

  private static boolean isId(String text, int from, int to, int digits) {
    return to - from == digits && isHex(text, from, to) && !isZero(text, from, to);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  /**
   * The header's value, in version 00.
   *
   * @return 55 characters
   */
  public String header() {
    return "00-"
        + traceId
        + "-"
        + parentId
        + (flags < 16 ? "-0" : "-")
        + Integer.toHexString(flags);
  }
}
