package dev.opskit.core.masking;

import dev.opskit.core.event.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values that must not be readable anywhere: secrets register them, logging and health mask
 * them.
 *
 * <p>A value is found as it is in UTF-8, in JSON and URLs whichever of its characters are escaped
 * there and however, in base64 wherever it begins in what was encoded, and in hexadecimal; the last
 * two in both of their alphabets, and in a URL too. It is not found in parts, compressed, or in
 * base64 that is broken into lines inside the value.
 *
 * <p>No second copy of a value is kept: an entry holds, for each of up to nine encodings, the
 * length, keyed bits of the first eight bytes to find candidates and a keyed digest to confirm
 * them, with keys drawn anew in each process. Who reads the memory of the process can tell those
 * eight bytes from them, and can try whole values that he guesses.
 *
 * <p>Values shorter than {@value #MIN_BYTES} bytes are not registered, as masking them would hit
 * innocent text; the first of them in each registry is warned of. Thread-safe; reading takes no
 * lock, and how long it takes depends on the text and hardly on the number of values.
 */
public final class SensitiveValues {
  /** The shortest value that is masked, in bytes of UTF-8. */
  public static final int MIN_BYTES = 8;

  private static final Logger logger = LoggerFactory.getLogger(SensitiveValues.class);
  private static final SensitiveValues SHARED = new SensitiveValues();

  private final Fingerprint.Key key = Fingerprint.Key.random();
  private final Object lock = new Object();
  private boolean warned;
  private volatile FingerprintIndex index = FingerprintIndex.empty(key);

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
   * registrations are closed, so during a rotation the old value is masked for as long as its own
   * is kept open.
   *
   * @param utf8 the value; not kept, the caller may wipe it afterwards
   * @return closing it ends the masking; for a value that is too short, it does nothing
   */
  public Subscription register(byte[] utf8) {
    if (utf8.length < MIN_BYTES) {
      warnOfShort();
      return () -> {};
    }
    List<Fingerprint> fingerprints = Encodings.of(utf8, key);
    synchronized (lock) {
      index = index.with(fingerprints);
    }
    return () -> remove(fingerprints);
  }

  /** Once, as it would come again with each rotation; not how short, which would help to guess. */
  private void warnOfShort() {
    boolean first;
    synchronized (lock) {
      first = !warned;
      warned = true;
    }
    if (first) {
      logger.warn(
          "a sensitive value is shorter than {} bytes: such values are masked under a telling name"
              + " only, not wherever they stand; further ones are not reported",
          MIN_BYTES);
    }
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
    int length = Masker.mask(current, bytes, 0, bytes.length);
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
    return current.isEmpty() ? length : Masker.mask(current, buffer, offset, length);
  }

  /**
   * Whether a registered value is in a text. Allocates nothing if there is none.
   *
   * @param utf8 the text; stays as it is
   * @param offset where the text begins
   * @param length its length in bytes
   * @return true if {@link #mask(byte[], int, int)} would change it
   */
  public boolean occursIn(byte[] utf8, int offset, int length) {
    FingerprintIndex current = index;
    return !current.isEmpty() && Masker.finds(current, utf8, offset, offset + length);
  }

  private void remove(List<Fingerprint> fingerprints) {
    synchronized (lock) {
      index = index.without(fingerprints);
    }
  }
}
