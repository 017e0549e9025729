package dev.opskit.core.masking;

import dev.opskit.core.event.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that must not be readable anywhere: secrets register them, logging and health mask
 * them.
 *
 * <p>No second copy of a value is kept: an entry holds its length, 32 keyed bits to find candidates
 * and a keyed digest to confirm them, with keys drawn anew in each process. Values shorter than
 * {@value #MIN_BYTES} bytes are not registered, as masking them would hit innocent text.
 *
 * <p>Values are found as they are in UTF-8, also inside JSON when they need no escape there. Other
 * encodings (URL, base64, hex, JSON escapes) are not masked yet. Thread-safe; reading takes no
 * lock.
 */
public final class SensitiveValues {
  /** The shortest value that is masked, in bytes of UTF-8. */
  public static final int MIN_BYTES = 8;

  private static final byte[] MASK = {'*', '*', '*'};
  private static final SensitiveValues SHARED = new SensitiveValues();

  private final Fingerprint.Key key = Fingerprint.Key.random();
  private final Object lock = new Object();
  private final List<Fingerprint> registered = new ArrayList<>();
  private volatile FingerprintIndex index = FingerprintIndex.EMPTY;

  /** An empty registry of its own, for tests and for hosts that wire everything themselves. */
  public SensitiveValues() {}

  /**
   * The registry of the process, used where nothing else is wired: logging is set up by XML before
   * any code of the host runs.
   *
   * @return the shared instance
   */
  public static SensitiveValues shared() {
    return SHARED;
  }

  /**
   * Starts masking a value. Registering the same value twice is allowed; it is masked until both
   * registrations are closed.
   *
   * @param utf8 the value; not kept, the caller may wipe it afterwards
   * @return closing it ends the masking; for a value that is too short, it does nothing
   */
  public Subscription register(byte[] utf8) {
    if (utf8.length < MIN_BYTES) {
      return () -> {};
    }
    Fingerprint fingerprint = Fingerprint.of(utf8, key);
    synchronized (lock) {
      registered.add(fingerprint);
      index = FingerprintIndex.of(registered, key);
    }
    return () -> remove(fingerprint);
  }

  /**
   * Replaces every registered value in a text by {@code ***}.
   *
   * @param text any text
   * @return the same instance if there was nothing to mask
   */
  public String mask(String text) {
    FingerprintIndex current = index;
    if (current.isEmpty() || text.length() < MIN_BYTES / 3) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = mask(bytes, 0, bytes.length, current);
    return length == bytes.length ? text : new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * Replaces every registered value in a buffer by {@code ***}, in place. Allocates nothing when
   * there is nothing to mask.
   *
   * @param buffer UTF-8
   * @param offset where the text begins
   * @param length its length in bytes
   * @return the length after masking, at most {@code length}
   */
  public int mask(byte[] buffer, int offset, int length) {
    FingerprintIndex current = index;
    return current.isEmpty() ? length : mask(buffer, offset, length, current);
  }

  private static int mask(byte[] buffer, int offset, int length, FingerprintIndex index) {
    int end = offset + length;
    int from = index.next(buffer, offset, end);
    if (from < 0) {
      return length;
    }
    int to = offset;
    int read = offset;
    while (from >= 0) {
      int stop = index.endOfOverlapping(buffer, from, end);
      System.arraycopy(buffer, read, buffer, to, from - read);
      to += from - read;
      System.arraycopy(MASK, 0, buffer, to, MASK.length);
      to += MASK.length;
      read = stop;
      from = index.next(buffer, read, end);
    }
    System.arraycopy(buffer, read, buffer, to, end - read);
    return to + end - read - offset;
  }

  private void remove(Fingerprint fingerprint) {
    synchronized (lock) {
      // By identity: equal values may be registered twice.
      registered.removeIf(f -> f == fingerprint);
      index = FingerprintIndex.of(registered, key);
    }
  }
}
