package dev.opskit.core.masking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.testing.Allocations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SensitiveValuesTest {
  private final SensitiveValues values = new SensitiveValues();

  @Test
  void findsWithoutChanging() {
    SensitiveValues values = new SensitiveValues();
    values.register("correct horse".getBytes(StandardCharsets.UTF_8));
    for (String text :
        new String[] {"a correct horse", "correct+horse%21", "Y29ycmVjdCBob3JzZQ=="}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertTrue(values.occursIn(bytes, 0, bytes.length), text);
      assertEquals(text, new String(bytes, StandardCharsets.UTF_8));
      assertFalse(values.occursIn(bytes, 0, bytes.length - 5), text);
    }
  }

  @Test
  void aValueIsFoundWhereverItStands() {
    register("s3cr3t-value");
    assertEquals("***", values.mask("s3cr3t-value"));
    assertEquals("*** at the start", values.mask("s3cr3t-value at the start"));
    assertEquals("at the end ***", values.mask("at the end s3cr3t-value"));
    assertEquals("in *** the ***.", values.mask("in s3cr3t-value the s3cr3t-value."));
    assertEquals("xs3cr3t-valu", values.mask("xs3cr3t-valu"));
    assertEquals("s3cr3t-***", values.mask("s3cr3t-s3cr3t-value"));
  }

  @Test
  void theShortestValueIsFoundAtEveryPlaceOfEveryText() {
    register("s3cr3t+8");
    byte[] value = "s3cr3t+8".getBytes(StandardCharsets.UTF_8);
    for (int length = value.length; length < 40; length++) {
      for (int at = 0; at <= length - value.length; at++) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) '.');
        System.arraycopy(value, 0, text, at, value.length);
        assertTrue(values.occursIn(text, 0, length), at + " of " + length);
        assertFalse(values.occursIn(text, at + 1, length - at - 1), at + " of " + length);
        assertFalse(values.occursIn(text, 0, at + value.length - 1), at + " of " + length);
      }
    }
  }

  @Test
  void overlappingAndAdjacentValuesLeaveNothingBetweenThem() {
    register("abcdefgh");
    register("efghijkl");
    register("ijklmnop");
    assertEquals("<***>", values.mask("<abcdefghijkl>"));
    assertEquals("<***>", values.mask("<abcdefghijklmnop>"));
    assertEquals("<***>", values.mask("<abcdefghijklmnopabcdefgh>"));
    assertEquals("<*** ***>", values.mask("<abcdefgh ijklmnop>"));
  }

  @Test
  void ofValuesThatBeginAlikeTheLongestIsMasked() {
    register("password");
    register("password-of-mine");
    register("password-of");
    assertEquals("*** ***! ***-", values.mask("password password-of-mine! password-of-"));
  }

  @Test
  void aValueInsideAnotherIsMaskedWithIt() {
    register("xx-inner-value-xx");
    register("inner-value");
    assertEquals("<***> <***>", values.mask("<xx-inner-value-xx> <inner-value>"));
  }

  @Test
  void aValueIsMaskedUntilEachOfItsRegistrationsIsClosed() {
    Subscription first = register("s3cr3t-value");
    Subscription second = register("s3cr3t-value");
    first.close();
    first.close();
    assertEquals("***", values.mask("s3cr3t-value"));
    second.close();
    assertEquals("s3cr3t-value", values.mask("s3cr3t-value"));
  }

  @Test
  void closingOneValueKeepsTheOthers() {
    Subscription first = register("first-value");
    register("second-value");
    first.close();
    assertEquals("first-value ***", values.mask("first-value second-value"));
  }

  /** What it allocates tells what it copies, on a slow machine as on a fast one. */
  @Test
  void registeringManyValuesCopiesNextToNothingAndEachIsFoundUntilItIsClosed() {
    int many = 2_000;
    Subscription[] registered = new Subscription[many];
    long allocated =
        Allocations.ofOneRun(
            () -> {
              for (int i = 0; i < many; i++) {
                registered[i] = register("{\"password\":\"s3cr3t-value-" + i + "\"}");
              }
            });
    assertTrue(allocated / many < 40_000, () -> allocated / many + " bytes for each");
    for (int i = 0; i < many; i++) {
      assertEquals("<***>", values.mask("<{\"password\":\"s3cr3t-value-" + i + "\"}>"));
    }
    for (int i = 0; i < many; i += 2) {
      registered[i].close();
    }
    for (int i = 0; i < many; i++) {
      String text = "{\"password\":\"s3cr3t-value-" + i + "\"}";
      assertEquals(i % 2 == 0 ? text : "***", values.mask(text));
    }
    for (int i = 1; i < many; i += 2) {
      registered[i].close();
    }
    assertEquals(
        "{\"password\":\"s3cr3t-value-1\"}", values.mask("{\"password\":\"s3cr3t-value-1\"}"));
  }

  @Test
  void aValueThatIsTooShortIsNotMasked() {
    register("1234567").close();
    register("");
    register("12345678");
    assertEquals("1234567 ***", values.mask("1234567 12345678"));
  }

  @Test
  void lengthCountsInBytesOfUtf8() {
    register("\u20ac\u20ac\u20ac");
    assertEquals("***", values.mask("\u20ac\u20ac\u20ac"));
    assertEquals("<\ud83d\ude00***>", values.mask("<\ud83d\ude00\u20ac\u20ac\u20ac>"));
  }

  @Test
  void aTextWithoutValuesIsReturnedAsItIs() {
    String text = new String("nothing here, not even a lone \ud800");
    assertSame(text, values.mask(text));
    register("s3cr3t-value");
    assertSame(text, values.mask(text));
  }

  @Test
  void onlyTheGivenPartOfABufferIsMasked() {
    register("s3cr3t-value");
    byte[] buffer = utf8("s3cr3t-value|a s3cr3t-value b|s3cr3t-value");
    assertEquals(7, values.mask(buffer, 13, 16));
    assertArrayEquals(utf8("s3cr3t-value|a *** b"), Arrays.copyOf(buffer, 20));
    assertArrayEquals(utf8("|s3cr3t-value"), Arrays.copyOfRange(buffer, 29, 42));
  }

  @Test
  void aValueThatReachesBeyondTheGivenPartIsNotLookedAt() {
    register("s3cr3t-value");
    byte[] buffer = utf8("s3cr3t-value");
    assertEquals(11, values.mask(buffer, 0, 11));
    assertEquals(11, values.mask(buffer, 1, 11));
    assertEquals(0, values.mask(buffer, 12, 0));
  }

  @Test
  void theCallerMayWipeWhatItRegistered() {
    byte[] value = utf8("s3cr3t-value");
    values.register(value);
    Arrays.fill(value, (byte) 0);
    assertEquals("***", values.mask("s3cr3t-value"));
  }

  @Test
  void aThousandValuesAreAllMasked() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      register("value-" + i * 7919 + "-end");
      text.append("value-").append(i * 7919).append("-end,");
    }
    assertEquals("***,".repeat(1_000), values.mask(text.toString()));
    assertEquals("value-3-end", values.mask("value-3-end"));
  }

  @Test
  void lookingForAThousandValuesInVainAllocatesNothing() {
    for (int i = 0; i < 1_000; i++) {
      register(i + "-value");
    }
    byte[] line = utf8("an innocent line of a log that holds no secret at all, ".repeat(4));
    assertEquals(0, Allocations.ofManyRuns(() -> values.mask(line, 0, line.length)));
  }

  /** Of what was registered before somebody looks, nothing is ever missed. */
  @Test
  @Timeout(60)
  void whileValuesComeAndGoThoseThatAreThereAreMasked() throws Exception {
    int many = 3_000;
    AtomicInteger registered = new AtomicInteger();
    register("s3cr3t-value");
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> missed =
          reader.submit(
              () -> {
                int misses = 0;
                for (int last = 0; last < many; ) {
                  last = registered.get();
                  String text = last == 0 ? "s3cr3t-value" : "s3cr3t-value value-" + last + "-end";
                  misses += values.mask(text).matches("\\*{3}( \\*{3})?") ? 0 : 1;
                }
                return misses;
              });
      for (int i = 1; i <= many; i++) {
        register("value-" + i + "-end");
        registered.set(i);
        register("soon-closed-" + i).close();
      }
      assertEquals(0, missed.get());
    } finally {
      reader.shutdownNow();
    }
  }

  private Subscription register(String value) {
    return values.register(utf8(value));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
