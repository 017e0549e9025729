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
import java.time.Duration;
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

  /**
   * Makes the store answer the next call that it has too many; for a store that can be made to.
   *
   * @return false if it cannot be: then nothing is asked of it
   * @throws Exception if the store fails, which fails the test
   */
  default boolean throttle() throws Exception {
    return false;
  }

  /**
   * Whether {@link SecretProvider#watch} tells of changes.
   *
   * @return false if it does nothing, as by default
   */
  default boolean watches() {
    return false;
  }

  /**
   * How long a change may take to be told; on a slow machine, too.
   *
   * @return above 0, a minute by default
   */
  default Duration patience() {
    return Duration.ofMinutes(1);
  }

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

  /** Whatever is written meanwhile, a reader has one value or another, and at last the last. */
  @Test
  default void whatIsFetchedWhileItChangesIsWhole() {
    assertDoesNotThrow(() -> FetchedWhileChanging.check(this));
  }

  /** It is left for whoever sent it, and neither that fetch nor the next gives anything wrong. */
  @Test
  default void anInterruptIsKeptAndEndsWithIt() {
    given("contract-interrupted", utf8("hunter2hunter2"));
    Thread.currentThread().interrupt();
    boolean kept;
    try {
      assertTrue(fetch("contract-interrupted").matches("hunter2hunter2"));
    } catch (SecretException.Unavailable alsoRight) {
      // It may have been waiting.
    } finally {
      kept = Thread.interrupted();
    }
    assertTrue(kept, "the interrupt is lost");
    assertTrue(fetch("contract-interrupted").matches("hunter2hunter2"));
  }

  /** Only this tells the caller to slow down. */
  @Test
  default void aStoreThatIsThrottledSaysSo() {
    given("contract-throttled", utf8("hunter2hunter2"));
    if (assertDoesNotThrow(this::throttle)) {
      var e =
          assertThrows(SecretException.Throttled.class, () -> fetch("contract-throttled").close());
      e.retryAfter().ifPresent(time -> assertTrue(time.toNanos() > 0, () -> "wait " + time));
    }
    assertTrue(fetch("contract-throttled").matches("hunter2hunter2"));
  }

  /** Or the value would be fetched each time, or never again. */
  @Test
  default void whatIsDescribedIsTheVersionThatIsFetched() {
    for (int i = 0; i < 3; i++) {
      given("contract-described", utf8("hunter2hunter2-" + i));
      String version = fetch("contract-described").version();
      provider()
          .describe(SecretRef.of("contract-described"))
          .ifPresent(described -> assertEquals(version, described.version()));
    }
  }

  /** As when it is fetched; a store that cannot tell may say that instead. */
  @Test
  default void whatIsAbsentIsNotDescribed() {
    given("contract-half", utf8("hunter2hunter2"));
    for (SecretRef absent :
        List.of(
            SecretRef.of("contract-absent"), new SecretRef("contract-half", SecretStage.PENDING))) {
      try {
        assertTrue(provider().describe(absent).isEmpty(), absent::toString);
      } catch (SecretException.NotFound alsoRight) {
        // Both lead to a fetch.
      }
    }
  }

  /** Also if they are more than the store takes in one call. */
  @Test
  default void manyTogetherComeEachWithItsOwnValue() {
    assertDoesNotThrow(() -> FetchedTogether.eachHasItsOwnValue(this));
  }

  /** A store may refuse an empty list. */
  @Test
  default void nothingTogetherIsNothing() {
    FetchedTogether.nothingIsNothing(this);
  }

  /** It is the only one that failed. */
  @Test
  default void oneThatIsAbsentSpoilsNoOther() {
    assertDoesNotThrow(() -> FetchedTogether.oneThatIsAbsentSpoilsNoOther(this));
  }

  /** Several that are read in one call have their stages, too. */
  @Test
  default void togetherNoOtherStageIsServed() {
    assertDoesNotThrow(() -> FetchedTogether.noOtherStageIsServed(this));
  }

  /** If it watches at all. */
  @Test
  default void aChangeIsTold() {
    assertDoesNotThrow(() -> Watched.aChangeIsTold(this));
  }

  /** And closing it again is no error. */
  @Test
  default void aWatchThatIsClosedTellsNothing() {
    assertDoesNotThrow(() -> Watched.whatIsClosedTellsNothing(this));
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
