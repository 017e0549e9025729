package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Where the bytes lie, which only reflection shows. */
class SecretMemoryTest {
  private static final int LENGTH = 4096;

  @Test
  void theValueLiesOutsideOfTheHeapAndIsZeroAfterClosing() throws Exception {
    SecretValue value = value();
    ByteBuffer memory = memory(value);
    assertTrue(memory.isDirect());
    assertEquals('x', memory.get(LENGTH - 1));

    value.close();

    byte[] left = new byte[LENGTH];
    memory.get(0, left);
    assertArrayEquals(new byte[LENGTH], left);
  }

  @Test
  void aReaderSeesAllOfTheValueOrThatItIsClosedButNeverZeros() throws Exception {
    byte[] whole = new byte[LENGTH];
    Arrays.fill(whole, (byte) 'x');
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 300; round++) {
        SecretValue value = value();
        Future<Boolean> one = readers.submit(() -> readUntilClosed(value, whole));
        Future<Boolean> other = readers.submit(() -> readUntilClosed(value, whole));
        Thread.yield();
        value.close();
        assertTrue(one.get());
        assertTrue(other.get());
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private static boolean readUntilClosed(SecretValue value, byte[] whole) {
    try {
      while (value.withBytes(bytes -> Arrays.equals(bytes, whole))) {
        Thread.onSpinWait();
      }
      return false;
    } catch (SecretException.Closed e) {
      return true;
    }
  }

  private static SecretValue value() {
    byte[] bytes = new byte[LENGTH];
    Arrays.fill(bytes, (byte) 'x');
    return SecretValue.take(SecretRef.of("large"), "1", bytes);
  }

  private static ByteBuffer memory(SecretValue value) throws ReflectiveOperationException {
    Field memory = SecretValue.class.getDeclaredField("memory");
    memory.setAccessible(true);
    return (ByteBuffer) memory.get(value);
  }
}
