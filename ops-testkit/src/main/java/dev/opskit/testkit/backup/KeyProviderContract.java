package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupKeyException;
import dev.opskit.backup.KeyProvider;
import dev.opskit.backup.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KeyProvider} has to keep, as tests: implement it in a test class.
 *
 * <p>It cannot see how strong the wrapping is, nor that a provider keeps no copy: review that.
 */
public interface KeyProviderContract {

  /**
   * The subject. Called once in each test.
   *
   * @return a provider whose current key exists
   * @throws Exception if it cannot be made, which fails the test
   */
  KeyProvider provider() throws Exception;

  /**
   * The same keys after a rotation, as another process would have them.
   *
   * @param provider what {@link #provider()} returned
   * @return a provider with a new current key that still has the older one
   * @throws Exception if it cannot be made, which fails the test
   */
  KeyProvider rotated(KeyProvider provider) throws Exception;

  /**
   * A provider with other keys under the same ids.
   *
   * @param provider what {@link #provider()} returned
   * @return a provider that must not be able to unwrap what the other one has wrapped
   * @throws Exception if it cannot be made, which fails the test
   */
  KeyProvider withOtherKeys(KeyProvider provider) throws Exception;

  @Test
  default void aDataKeyComesBackAsItWas() throws Exception {
    KeyProvider provider = provider();
    for (int seed = 0; seed < 5; seed++) {
      byte[] dataKey = Bytes.random(seed, 32);
      WrappedKey wrapped = provider.wrap(dataKey.clone());
      assertArrayEquals(dataKey, provider.unwrap(wrapped).orElseThrow());
    }
  }

  @Test
  default void theArraysBelongToTheService() throws Exception {
    KeyProvider provider = provider();
    byte[] dataKey = Bytes.random(1, 32);
    byte[] given = dataKey.clone();
    WrappedKey wrapped = provider.wrap(given);
    assertArrayEquals(dataKey, given, "the given array was changed");
    Arrays.fill(given, (byte) 0);
    byte[] first = provider.unwrap(wrapped).orElseThrow();
    assertArrayEquals(dataKey, first, "it remembers the array and not the key");
    Arrays.fill(first, (byte) 0);
    byte[] second = provider.unwrap(wrapped).orElseThrow();
    assertNotSame(first, second);
    assertArrayEquals(dataKey, second, "it gives the same array twice");
  }

  @Test
  default void whatIsWrappedDoesNotShowTheDataKey() throws Exception {
    KeyProvider provider = provider();
    byte[] dataKey = Bytes.random(1, 32);
    WrappedKey wrapped = provider.wrap(dataKey.clone());
    byte[] bytes =
        Base64.getDecoder().decode(wrapped.ciphertext().replace('-', '+').replace('_', '/'));
    String shown = HexFormat.of().formatHex(bytes) + text(bytes) + wrapped;
    // Any eight bytes in a row would be one too many.
    for (int i = 0; i + 8 <= dataKey.length; i++) {
      String part = HexFormat.of().formatHex(dataKey, i, i + 8);
      assertFalse(shown.contains(part), "the data key can be read");
    }
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(dataKey);
    assertFalse(shown.contains(base64), "the data key can be read");
  }

  @Test
  default void theSameDataKeyIsNeverWrappedTheSameWayTwice() throws Exception {
    KeyProvider provider = provider();
    byte[] dataKey = Bytes.random(1, 32);
    WrappedKey one = provider.wrap(dataKey.clone());
    WrappedKey other = provider.wrap(dataKey.clone());
    assertEquals(one.keyId(), other.keyId());
    assertFalse(one.ciphertext().equals(other.ciphertext()), "equal keys can be told");
  }

  @Test
  default void anyChangeOfWhatIsWrappedIsNoticed() throws Exception {
    KeyProvider provider = provider();
    WrappedKey wrapped = provider.wrap(Bytes.random(1, 32));
    byte[] bytes =
        Base64.getDecoder().decode(wrapped.ciphertext().replace('-', '+').replace('_', '/'));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertRefused(provider, with(wrapped, changed), "byte " + i + " was changed");
    }
    for (int length : List.of(1, bytes.length / 2, bytes.length - 1, bytes.length + 1)) {
      assertRefused(provider, with(wrapped, Arrays.copyOf(bytes, length)), "length " + length);
    }
  }

  @Test
  default void aKeyThatIsNotItsOwnIsLeftToOthers() throws Exception {
    KeyProvider provider = provider();
    WrappedKey wrapped = provider.wrap(Bytes.random(1, 32));
    for (String id : List.of("no-such-key", "../../etc/passwd", "arn:x:y/z", "!")) {
      assertEquals(Optional.empty(), provider.unwrap(new WrappedKey(id, wrapped.ciphertext())), id);
    }
  }

  @Test
  default void anotherKeyUnderTheSameIdIsRefusedByItsName() throws Exception {
    KeyProvider provider = provider();
    WrappedKey wrapped = provider.wrap(Bytes.random(1, 32));
    KeyProvider wrong = withOtherKeys(provider);
    BackupKeyException refusal =
        assertThrows(BackupKeyException.class, () -> wrong.unwrap(wrapped));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(wrapped.keyId()), () -> "it names no key: " + message);
  }

  @Test
  default void afterARotationTheNewKeyWrapsAndTheOldOneStillUnwraps() throws Exception {
    KeyProvider before = provider();
    byte[] dataKey = Bytes.random(1, 32);
    WrappedKey old = before.wrap(dataKey.clone());
    KeyProvider after = rotated(before);
    WrappedKey current = after.wrap(dataKey.clone());
    assertFalse(current.keyId().equals(old.keyId()), "the id is the same: " + old.keyId());
    assertArrayEquals(dataKey, after.unwrap(old).orElseThrow());
    assertArrayEquals(dataKey, after.unwrap(current).orElseThrow());
  }

  private static WrappedKey with(WrappedKey wrapped, byte[] bytes) {
    return new WrappedKey(wrapped.keyId(), Base64.getEncoder().encodeToString(bytes));
  }

  private static void assertRefused(KeyProvider provider, WrappedKey wrapped, String about) {
    assertThrows(BackupKeyException.class, () -> provider.unwrap(wrapped), about);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
