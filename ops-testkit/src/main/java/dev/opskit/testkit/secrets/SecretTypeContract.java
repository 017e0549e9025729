package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link SecretType} keeps to. Implement it in a JUnit test class.
 *
 * <p>It cannot see whether copies of a value stay in memory: review that.
 *
 * @param <T> what a secret is read as
 */
@Timeout(60)
public interface SecretTypeContract<T> {

  /**
   * The type under test.
   *
   * @return called once in each test
   */
  SecretType<T> type();

  /**
   * A value of the type.
   *
   * @return the same bytes each time
   */
  byte[] valid();

  /**
   * Another value of the type, with another secret in it.
   *
   * @return the same bytes each time
   */
  byte[] another();

  /**
   * Values that are not of the type: cut off, of another form, with something left out. Let the
   * secret of {@link #valid()} stand in them, as it does in a value with a slip of the pen.
   *
   * @return empty if every value is of the type
   */
  List<byte[]> malformed();

  /**
   * The secret in what was read, so that it can be compared and looked for.
   *
   * @param read what the type made of a value
   * @return plain text, or bytes in a form of your choice
   * @throws Exception if it cannot be told, which fails the test
   */
  String secret(T read) throws Exception;

  /** However often. */
  @Test
  default void whatIsOfTheTypeIsRead() throws Exception {
    SecretType<T> type = type();
    String secret = secret(read(type, valid()));
    assertEquals(secret, secret(read(type, valid())), "the same value again");
  }

  /** A type that remembers what it read would hide each rotation. */
  @Test
  default void anotherVersionHasAnotherSecret() throws Exception {
    SecretType<T> type = type();
    assertNotEquals(secret(read(type, valid())), secret(read(type, another())));
  }

  /** The lent value is wiped long before what was read of it. */
  @Test
  default void whatWasReadDoesNotNeedTheValueAnyMore() throws Exception {
    SecretType<T> type = type();
    SecretValue lent = value(valid());
    T read = type.read(SecretRef.of("contract"), lent);
    String expected = secret(read);
    lent.close();
    assertEquals(expected, assertDoesNotThrow(() -> secret(read), "it keeps the value"));
  }

  /** What is {@link AutoCloseable} is closed with its version, while the next one is served. */
  @Test
  default void theEndOfOneVersionIsNotTheEndOfAnother() throws Exception {
    SecretType<T> type = type();
    T old = read(type, valid());
    T next = read(type, valid());
    String expected = secret(next);
    if (old instanceof AutoCloseable theirs) {
      theirs.close();
    }
    assertEquals(expected, secret(next));
  }

  /** Whatever is thrown for it, the last good version is served on. */
  @Test
  default void whatIsNotOfTheTypeIsRefused() {
    SecretType<T> type = type();
    int number = 0;
    for (byte[] malformed : malformed()) {
      String which = "malformed value " + number++;
      Exception refusal = assertThrows(Exception.class, () -> read(type, malformed), which);
      if (refusal instanceof SecretException) {
        // The others say that the store is to blame, or that it is worth trying again.
        assertInstanceOf(SecretException.Malformed.class, refusal, which);
      }
    }
  }

  /** The message of a {@link SecretException} is logged; that of another exception is not. */
  @Test
  default void noRefusalShowsTheSecret() throws Exception {
    SecretType<T> type = type();
    String secret = secret(read(type, valid()));
    for (byte[] malformed : malformed()) {
      Exception refusal = assertThrows(Exception.class, () -> read(type, malformed));
      if (refusal instanceof SecretException) {
        assertHidden(secret, refusal.toString());
      }
    }
  }

  /** It is logged, for example as a part of what it was put into. */
  @Test
  default void theTextOfWhatWasReadDoesNotShowTheSecret() throws Exception {
    T read = read(type(), valid());
    assertHidden(secret(read), read.toString());
  }

  /** Two versions, or two secrets of the same type. */
  @Test
  default void valuesThatAreReadAtTheSameTimeAreNotMixed() throws Exception {
    SecretType<T> type = type();
    List<Callable<Void>> readers = new ArrayList<>();
    for (byte[] bytes : List.of(valid(), another(), valid(), another())) {
      String expected = secret(read(type, bytes));
      readers.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              assertEquals(expected, secret(read(type, bytes)), "read together with others");
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(readers.size());
    try {
      for (Future<Void> reader : threads.invokeAll(readers)) {
        reader.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The value is not closed, so that a type that keeps it falls where that is looked at. */
  private static <T> T read(SecretType<T> type, byte[] bytes) {
    T read = type.read(SecretRef.of("contract"), value(bytes));
    assertNotNull(read, "a type never reads null");
    return read;
  }

  /** Of a copy, as the array is wiped. */
  private static SecretValue value(byte[] bytes) {
    return SecretValue.take(SecretRef.of("contract"), "1", bytes.clone());
  }

  private static void assertHidden(String secret, String text) {
    assertFalse(text.contains(secret), "the secret is in the text");
  }
}
