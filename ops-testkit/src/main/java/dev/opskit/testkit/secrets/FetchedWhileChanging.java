package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One secret that is read by threads while it is given new values. */
final class FetchedWhileChanging {
  private static final SecretRef REF = SecretRef.of("contract-changing");
  private static final int READERS = 3;
  private static final int CHANGES = 25;
  private static final int LENGTH = 8192;

  private FetchedWhileChanging() {}

  static void check(SecretProviderContract store) throws Exception {
    SecretProvider provider = store.provider();
    store.put(REF.id(), value(0));
    AtomicBoolean changing = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> readWhile(changing, provider)));
      }
      for (int i = 1; i <= CHANGES; i++) {
        store.put(REF.id(), value(i));
        assertEquals(value(i)[0], requireWhole(provider), "who wrote a value reads another one");
      }
      changing.set(false);
      for (Future<?> reader : readers) {
        reader.get(60, TimeUnit.SECONDS);
      }
    } finally {
      changing.set(false);
      threads.shutdownNow();
    }
  }

  private static void readWhile(AtomicBoolean changing, SecretProvider provider) {
    do {
      requireWhole(provider);
    } while (changing.get());
  }

  private static byte requireWhole(SecretProvider provider) {
    try (SecretValue value = provider.fetch(REF)) {
      byte[] bytes = value.withBytes(byte[]::clone);
      byte[] uniform = new byte[LENGTH];
      Arrays.fill(uniform, bytes[0]);
      assertTrue(Arrays.equals(uniform, bytes), "a value is half of one and half of another");
      return bytes[0];
    }
  }

  private static byte[] value(int change) {
    byte[] value = new byte[LENGTH];
    Arrays.fill(value, (byte) ('a' + change));
    return value;
  }
}
