package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SecretProvider} keeps to. A test class implements it and JUnit runs its tests,
 * each on a new instance of the class: give each a store that has none of the secrets yet. Their
 * ids begin with {@code contract-} and have letters, digits and hyphens only.
 */
public interface SecretProviderContract {

  /**
   * The provider under test.
   *
   * @return one that reads what {@link #put} wrote; called more than once
   */
  SecretProvider provider();

  /**
   * Writes the current value of a secret into the store, new or in place of another.
   *
   * @param id the secret
   * @param value 1 byte to 64 KiB, any bytes
   * @throws Exception if the store fails, which fails the test
   */
  void put(String id, byte[] value) throws Exception;

  /**
   * Deletes a secret from the store.
   *
   * @param id one that was put
   * @throws Exception if the store fails, which fails the test
   */
  void remove(String id) throws Exception;

  /** No byte is special. */
  @Test
  default void bytesComeBackAsTheyWerePut() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    putAndCompare("contract-bytes", all);
  }

  /** Text is UTF-8, and the white space around it belongs to it. */
  @Test
  default void textComesBackAsItWasPut() {
    putAndCompare("contract-text", utf8(" {\"password\":\"pässwörd ☃ \uD83D\uDD11\"}\t "));
  }

  /** The largest value is one. */
  @Test
  default void aValueOf64KiBComesBackWhole() {
    byte[] largest = new byte[SecretValue.MAX_BYTES];
    Arrays.fill(largest, (byte) 'x');
    largest[largest.length - 1] = 'y';
    putAndCompare("contract-large", largest);
  }

  /** Who asks again does not see a rotation where there was none. */
  @Test
  default void theVersionStaysWhileTheValueDoes() {
    given("contract-same", utf8("hunter2hunter2"));
    String version = fetch("contract-same").version();
    assertFalse(version.isBlank());
    assertEquals(version, fetch("contract-same").version());
  }

  /** However quickly one value follows another, also of the same length. */
  @Test
  default void theVersionChangesWithTheValue() {
    String last = "none";
    for (int i = 0; i < 5; i++) {
      byte[] value = utf8("hunter2hunter2-" + i);
      putAndCompare("contract-new", value);
      String version = fetch("contract-new").version();
      assertNotEquals(last, version);
      last = version;
    }
  }

  /** A version is logged. */
  @Test
  default void theVersionDoesNotShowTheValue() {
    given("contract-version", utf8("hunter2hunter2"));
    assertHidden(fetch("contract-version").version());
  }

  /** Waiting does not bring it. */
  @Test
  default void whatWasNeverPutIsNotFound() {
    assertThrows(SecretException.NotFound.class, () -> fetch("contract-absent"));
  }

  /** From the moment on that it is deleted, and nothing else goes with it. */
  @Test
  default void whatWasRemovedIsNotFound() {
    given("contract-removed", utf8("hunter2hunter2"));
    given("contract-left", utf8("correct horse"));
    fetch("contract-removed").close();
    assertDoesNotThrow(() -> remove("contract-removed"));
    assertThrows(SecretException.NotFound.class, () -> fetch("contract-removed"));
    assertTrue(fetch("contract-left").matches("correct horse"));
  }

  /** No other stage is served in its place. */
  @Test
  default void aStageThatDoesNotExistIsNotFound() {
    given("contract-stages", utf8("hunter2hunter2"));
    for (SecretStage stage : List.of(SecretStage.PENDING, SecretStage.PREVIOUS)) {
      SecretRef ref = new SecretRef("contract-stages", stage);
      assertThrows(SecretException.NotFound.class, () -> provider().fetch(ref), stage::name);
    }
  }

  /** An id that the store cannot have is one that it does not have. */
  @Test
  default void aStrangeIdIsNotFound() {
    for (String id : List.of("..", "../contract-up", "a b\n☃", "\0", "a".repeat(512))) {
      assertThrows(SecretException.NotFound.class, () -> fetch(id), () -> "id '" + id + "'");
    }
  }

  /** Whoever closes a value does not close another one's. */
  @Test
  default void eachFetchGivesAValueOfItsOwn() {
    given("contract-own", utf8("hunter2hunter2"));
    SecretValue mine = fetch("contract-own");
    SecretValue others = fetch("contract-own");
    mine.close();
    assertTrue(others.matches("hunter2hunter2"));
    assertTrue(fetch("contract-own").matches("hunter2hunter2"));
  }

  /** Several secrets by several threads at once. */
  @Test
  default void concurrentFetchesGiveEachItsOwn() {
    for (int i = 0; i < ConcurrentFetches.SECRETS; i++) {
      given("contract-many-" + i, ConcurrentFetches.value(i));
    }
    assertDoesNotThrow(() -> ConcurrentFetches.check(provider()));
  }

  /** Not in the message, and not in a cause, which would quote it as well. */
  @Test
  default void noFailureShowsAValue() {
    given("contract-hidden", utf8("hunter2hunter2"));
    fetch("contract-hidden").close();
    var pending = new SecretRef("contract-hidden", SecretStage.PENDING);
    assertHidden(assertThrows(SecretException.class, () -> provider().fetch(pending)).toString());
    assertDoesNotThrow(() -> remove("contract-hidden"));
    assertHidden(assertThrows(SecretException.class, () -> fetch("contract-hidden")).toString());
  }

  private void given(String id, byte[] value) {
    assertDoesNotThrow(() -> put(id, value));
  }

  private SecretValue fetch(String id) {
    return provider().fetch(SecretRef.of(id));
  }

  private void putAndCompare(String id, byte[] value) {
    given(id, value.clone());
    assertArrayEquals(value, fetch(id).withBytes(byte[]::clone));
  }

  private static void assertHidden(String text) {
    assertFalse(text.contains("hunter2"), "the value is in the text");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
