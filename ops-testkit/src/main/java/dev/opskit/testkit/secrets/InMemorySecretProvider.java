package dev.opskit.testkit.secrets;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that a test makes up, with failures when the test wants them. Thread-safe; nothing to
 * close. It keeps values on the heap and in the clear, so it is for tests only.
 */
public final class InMemorySecretProvider implements SecretProvider {
  private final ConcurrentHashMap<SecretRef, Stored> stored = new ConcurrentHashMap<>();
  private final Queue<Function<SecretRef, SecretException>> failures =
      new ConcurrentLinkedQueue<>();
  private final AtomicInteger fetches = new AtomicInteger();

  private record Stored(int version, byte[] value) {}

  /** A provider without any secret. */
  public InMemorySecretProvider() {}

  /**
   * Sets the current value of a secret, as {@link #put(SecretRef, byte[])} does.
   *
   * @param id the secret
   * @param value the value as text
   */
  public void put(String id, String value) {
    put(SecretRef.of(id), value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sets a value. The versions of each secret and stage are 1, 2, 3, …; the version stays if the
   * value does.
   *
   * @param ref the secret and its stage; other stages stay as they are
   * @param value the value; copied
   */
  public void put(SecretRef ref, byte[] value) {
    stored.compute(ref, (same, before) -> next(before, value));
  }

  private static Stored next(@Nullable Stored before, byte[] value) {
    if (before == null) {
      return new Stored(1, value.clone());
    }
    return Arrays.equals(before.value(), value)
        ? before
        : new Stored(before.version() + 1, value.clone());
  }

  /**
   * Deletes a secret in all its stages; its versions begin anew.
   *
   * @param id the secret; may be absent
   */
  public void remove(String id) {
    stored.keySet().removeIf(ref -> ref.id().equals(id));
  }

  /** Lets one more fetch fail with {@link SecretException.Unavailable}. */
  public void nextIsUnavailable() {
    failures.add(ref -> new SecretException.Unavailable(ref, "the test wanted it so"));
  }

  /** Lets one more fetch fail with {@link SecretException.AccessDenied}. */
  public void nextIsDenied() {
    failures.add(ref -> new SecretException.AccessDenied(ref, "the test wanted it so"));
  }

  /**
   * Lets one more fetch fail with {@link SecretException.Throttled}.
   *
   * @param retryAfter above 0; null tells of none
   */
  public void nextIsThrottled(@Nullable Duration retryAfter) {
    failures.add(ref -> new SecretException.Throttled(ref, "the test wanted it so", retryAfter));
  }

  /**
   * How often a value was asked for, in vain or not.
   *
   * @return 0 or more
   */
  public int fetches() {
    return fetches.get();
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    fetches.incrementAndGet();
    var failure = failures.poll();
    if (failure != null) {
      throw failure.apply(ref);
    }
    Stored found = stored.get(ref);
    if (found == null) {
      throw new SecretException.NotFound(ref, "no test has put it");
    }
    return SecretValue.take(ref, Integer.toString(found.version()), found.value().clone());
  }
}
