package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that fetch different secrets at the same time. */
final class ConcurrentFetches {
  static final int SECRETS = 4;
  private static final int ROUNDS = 25;
  private static final int LENGTH = 4096;

  private ConcurrentFetches() {}

  /** Long, and of one byte, so that two that are mixed show. */
  static byte[] value(int secret) {
    byte[] value = new byte[LENGTH];
    Arrays.fill(value, (byte) ('a' + secret));
    return value;
  }

  static void check(SecretProvider provider) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(SECRETS);
    try {
      CyclicBarrier together = new CyclicBarrier(SECRETS);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < SECRETS; i++) {
        int secret = i;
        all.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < ROUNDS; round++) {
                    together.await(30, TimeUnit.SECONDS);
                    fetch(provider, secret);
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void fetch(SecretProvider provider, int secret) {
    try (SecretValue value = provider.fetch(SecretRef.of("contract-many-" + secret))) {
      byte[] expected = value(secret);
      assertTrue(
          value.<Boolean>withBytes(bytes -> Arrays.equals(expected, bytes)),
          "fetched together with others, a secret has another value");
    }
  }
}
