package dev.opskit.secrets;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The value of a secret, kept outside of the heap and overwritten with zeros when it is closed.
 * Thread-safe; whoever gets it from a {@link SecretProvider} closes it, values from {@link
 * OpsSecrets#get} and {@link RotatingSecret} are wiped by that and take no notice of {@link
 * #close}.
 *
 * <p>Readers are lent a copy that is wiped when they return. {@link #reveal} is the one way to a
 * String, which nobody can wipe; its uses can be found by name.
 */
public final class SecretValue implements AutoCloseable {
  /** The largest value that is accepted, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final Logger logger = LoggerFactory.getLogger(SecretValue.class);

  private final SecretRef ref;
  private final String version;
  private final ByteBuffer memory;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;
  private volatile boolean lent;
  private volatile @Nullable RevealWatch watch;

  private SecretValue(SecretRef ref, String version, ByteBuffer memory) {
    this.ref = ref;
    this.version = version;
    this.memory = memory;
  }

  /**
   * Takes a value over.
   *
   * @param ref the secret that it is the value of
   * @param version what the store calls this version; not secret, changes when the value does
   * @param bytes the value, at most {@value #MAX_BYTES} bytes; copied, and wiped in the array
   * @return the value
   * @throws SecretException.Malformed if it is empty or too large
   */
  public static SecretValue take(SecretRef ref, String version, byte[] bytes) {
    try {
      Objects.requireNonNull(version, "version");
      if (bytes.length == 0 || bytes.length > MAX_BYTES) {
        throw new SecretException.Malformed(
            ref, "has " + bytes.length + " bytes, must be 1 to " + MAX_BYTES);
      }
      ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length);
      memory.put(0, bytes);
      return new SecretValue(ref, version, memory);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * What the store calls this version.
   *
   * @return not secret
   */
  public String version() {
    return version;
  }

  /**
   * Lends the bytes.
   *
   * @param <R> the result's type
   * @param use must not keep the array, which is wiped when it returns
   * @return what {@code use} returned
   * @throws SecretException.Closed if the value was closed
   */
  public <R> R withBytes(Function<byte[], R> use) {
    byte[] copy = copy();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /**
   * Lends the characters, decoded as UTF-8.
   *
   * @param <R> the result's type
   * @param use must not keep the array, which is wiped when it returns
   * @return what {@code use} returned
   * @throws SecretException.Closed if the value was closed
   * @throws SecretException.Malformed if it is not UTF-8
   */
  public <R> R withChars(Function<char[], R> use) {
    return withBytes(
        bytes -> {
          // UTF-8 never decodes to more characters than it has bytes.
          char[] scratch = new char[bytes.length];
          try {
            char[] chars = Arrays.copyOf(scratch, decode(bytes, scratch));
            try {
              return use.apply(chars);
            } finally {
              Arrays.fill(chars, '\0');
            }
          } finally {
            Arrays.fill(scratch, '\0');
          }
        });
  }

  /**
   * The value as a String, for an API that takes nothing else. It stays on the heap until it is
   * collected.
   *
   * @param reason why; logged at DEBUG and told as {@link SecretEvent.Revealed}, without the value
   * @return the value, decoded as UTF-8
   * @throws SecretException.Closed if the value was closed
   * @throws SecretException.Malformed if it is not UTF-8
   */
  public String reveal(String reason) {
    logger.debug("secret '{}' is revealed: {}", ref.id(), reason);
    RevealWatch told = watch;
    if (told != null) {
      told.revealed(ref, version, reason);
    }
    return withChars(String::new);
  }

  /**
   * Whether a text is this value. Takes the same time wherever they differ.
   *
   * @param other the text
   * @return true if they are equal
   */
  public boolean matches(CharSequence other) {
    byte[] theirs = other.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return withBytes(ours -> MessageDigest.isEqual(ours, theirs));
    } finally {
      Arrays.fill(theirs, (byte) 0);
    }
  }

  /** Overwrites the value with zeros, unless it is shared with others. Idempotent. */
  @Override
  public void close() {
    if (!lent) {
      wipe();
    }
  }

  /** From now on shared by many readers, none of whom may end it for the others. */
  SecretValue lend(RevealWatch told) {
    lent = true;
    watch = told;
    return this;
  }

  /** A piece of this value, shared if this one is. */
  SecretValue part(SecretRef of, byte[] bytes) {
    SecretValue part = take(of, version, bytes);
    part.lent = lent;
    part.watch = watch;
    return part;
  }

  /** A copy for one reader, who closes it. */
  SecretValue ownCopy() {
    SecretValue copy = take(ref, version, copy());
    copy.watch = watch;
    return copy;
  }

  void wipe() {
    lock.writeLock().lock();
    try {
      closed = true;
      memory.put(0, new byte[memory.capacity()]);
    } finally {
      lock.writeLock().unlock();
    }
  }

  boolean isClosed() {
    return locked(() -> closed);
  }

  /** Whether both are the same version and hold the same bytes; a closed one is like no other. */
  boolean isSameAs(SecretValue other) {
    try {
      return version.equals(other.version)
          && other.withBytes(theirs -> withBytes(ours -> MessageDigest.isEqual(ours, theirs)));
    } catch (SecretException.Closed e) {
      return false;
    }
  }

  private int decode(byte[] utf8, char[] into) {
    CharBuffer chars = CharBuffer.wrap(into);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8), chars, true);
    if (result.isError()) {
      throw new SecretException.Malformed(ref, "is not text in UTF-8, use its bytes");
    }
    return chars.position();
  }

  private byte[] copy() {
    return locked(
        () -> {
          if (closed) {
            throw new SecretException.Closed(ref);
          }
          byte[] copy = new byte[memory.capacity()];
          memory.get(0, copy);
          return copy;
        });
  }

  private <R> R locked(Supplier<R> read) {
    lock.readLock().lock();
    try {
      return read.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Never the value. */
  @Override
  public String toString() {
    return "SecretValue[" + ref.id() + ", version " + version + ", ***]";
  }
}
