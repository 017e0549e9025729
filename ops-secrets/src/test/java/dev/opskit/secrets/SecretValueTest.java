package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretValueTest {
  private static final String TEXT = "pässword-☃-1234";

  private final SecretRef ref = SecretRef.of("orders/database");
  private final SecretValue value = value(TEXT);

  @Test
  void takingAValueWipesTheArrayThatItCameIn() {
    byte[] mine = TEXT.getBytes(StandardCharsets.UTF_8);

    SecretValue taken = SecretValue.take(ref, "1", mine);

    assertArrayEquals(new byte[mine.length], mine);
    assertEquals(TEXT, taken.reveal("a test"));
    assertEquals("1", taken.version());
  }

  @Test
  void aValueThatIsRefusedIsWipedToo() {
    byte[] tooLarge = new byte[SecretValue.MAX_BYTES + 1];
    tooLarge[7] = 7;

    var e =
        assertThrows(SecretException.Malformed.class, () -> SecretValue.take(ref, "1", tooLarge));

    assertEquals(
        "secret 'orders/database' (CURRENT): has 65537 bytes, must be 1 to 65536", e.getMessage());
    assertArrayEquals(new byte[tooLarge.length], tooLarge);
  }

  @Test
  void emptyIsNoValueAndTheLimitIsOne() {
    assertThrows(SecretException.Malformed.class, () -> SecretValue.take(ref, "1", new byte[0]));
    int largest =
        SecretValue.take(ref, "1", new byte[SecretValue.MAX_BYTES]).withBytes(b -> b.length);
    assertEquals(SecretValue.MAX_BYTES, largest);
  }

  @Test
  void whatIsLentIsWipedWhenTheBorrowerReturns() {
    List<byte[]> bytes = new ArrayList<>();
    List<char[]> chars = new ArrayList<>();

    value.withBytes(bytes::add);
    value.withChars(chars::add);

    assertArrayEquals(new byte[TEXT.getBytes(StandardCharsets.UTF_8).length], bytes.get(0));
    assertArrayEquals(new char[TEXT.length()], chars.get(0));
  }

  @Test
  void whatIsLentIsWipedWhenTheBorrowerThrows() {
    List<Object> kept = new ArrayList<>();

    assertThrows(IllegalStateException.class, () -> value.withBytes(b -> keepAndThrow(kept, b)));
    assertThrows(IllegalStateException.class, () -> value.withChars(c -> keepAndThrow(kept, c)));

    assertArrayEquals(new byte[TEXT.getBytes(StandardCharsets.UTF_8).length], (byte[]) kept.get(0));
    assertArrayEquals(new char[TEXT.length()], (char[]) kept.get(1));
  }

  @Test
  void eachBorrowerHasACopyOfItsOwn() {
    value.withBytes(
        mine -> {
          mine[0] = 0;
          return value.withChars(
              others -> {
                assertArrayEquals(TEXT.toCharArray(), others);
                return null;
              });
        });
    assertTrue(value.matches(TEXT));
  }

  @Test
  void onlyTheSameTextMatches() {
    assertTrue(value.matches(new StringBuilder(TEXT)));
    assertFalse(value.matches(TEXT + "5"));
    assertFalse(value.matches(TEXT.substring(1)));
    assertFalse(value.matches(""));
  }

  @Test
  void bytesThatAreNoTextAreLentAsBytesOnly() {
    SecretValue binary = SecretValue.take(ref, "1", new byte[] {'s', 'e', (byte) 0xFF, 'c'});

    assertEquals(4, binary.<Integer>withBytes(b -> b.length));
    var e = assertThrows(SecretException.Malformed.class, () -> binary.withChars(String::valueOf));
    assertThrows(SecretException.Malformed.class, () -> binary.reveal("a test"));
    assertFalse(e.getMessage().contains("se\uFFFDc"), e.getMessage());
    assertEquals(null, e.getCause());
  }

  @Test
  void aClosedValueIsLentToNobodyAndNamesTheSecret() {
    value.close();
    value.close();

    var e = assertThrows(SecretException.Closed.class, () -> value.withBytes(b -> b.length));
    assertTrue(e.getMessage().startsWith("secret 'orders/database'"), e.getMessage());
    assertThrows(SecretException.Closed.class, () -> value.withChars(c -> c.length));
    assertThrows(SecretException.Closed.class, () -> value.reveal("a test"));
    assertThrows(SecretException.Closed.class, () -> value.matches(TEXT));
  }

  @Test
  void aBorrowerMayGoOnWhileTheValueIsClosed() {
    String seen =
        value.withChars(
            chars -> {
              value.close();
              return new String(chars);
            });
    assertEquals(TEXT, seen);
  }

  @Test
  void itsTextNamesTheVersionAndNotTheValue() {
    assertEquals("SecretValue[orders/database, version 7, ***]", value.toString());
  }

  private SecretValue value(String text) {
    return SecretValue.take(ref, "7", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Object keepAndThrow(List<Object> kept, Object lent) {
    kept.add(lent);
    throw new IllegalStateException("a defect of the borrower");
  }
}
