package dev.opskit.verification.benchmarks.secrets;

import com.amazonaws.secretsmanager.caching.SecretCache;
import com.amazonaws.secretsmanager.caching.SecretCacheConfiguration;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * The slowest of 64 readers while the store takes two seconds to answer a refresh. Each reads once
 * in a few milliseconds, as threads that all want a processor wait for that and not for the secret.
 * Prints a row for each of five rounds; takes about half a minute and calls nobody.
 */
public final class SecretsUnderRefresh {
  private static final String ID = "orders/database";
  private static final TimeSource TIME = TimeSource.system();

  private final int readers;
  private final Duration slow;

  SecretsUnderRefresh(int readers, Duration slow) {
    this.readers = readers;
    this.slow = slow;
  }

  /**
   * Measures both.
   *
   * @param arguments none
   * @throws Exception if a reader fails
   */
  public static void main(String[] arguments) throws Exception {
    SecretsUnderRefresh measured = new SecretsUnderRefresh(64, Duration.ofSeconds(2));
    PrintStream out = System.out;
    double[] ratios = new double[5];
    for (int round = 0; round < ratios.length; round++) {
      double ours = measured.opskit().toNanos() / 1e6;
      double theirs = measured.awsCache().toNanos() / 1e6;
      ratios[round] = theirs / ours;
      out.printf(
          Locale.ROOT,
          "slowest of 64 readers: opskit %.2f ms, aws-secretsmanager-caching-java %.0f ms, %.0f"
              + " x%n",
          ours,
          theirs,
          ratios[round]);
    }
    Arrays.sort(ratios);
    out.printf(Locale.ROOT, "median of the ratios: %.0f%n", ratios[ratios.length / 2]);
  }

  Duration opskit() throws Exception {
    Store store = loaded();
    try (OpsSecrets secrets =
        OpsSecrets.builder()
            .provider(StoreProvider.of(store))
            .sensitive(new SensitiveValues())
            .build()) {
      RotatingSecret<SecretValue> handle = secrets.rotating(SecretRef.of(ID), SecretType.value());
      handle.get();
      // A refresh that was just made would count as the one that is asked for.
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      becomesSlow(store);
      handle.refresh();
      return slowest(() -> handle.get().version());
    }
  }

  Duration awsCache() throws Exception {
    Store store = loaded();
    Duration ttl = Duration.ofMillis(500);
    try (SecretCache cache =
        new SecretCache(
            new SecretCacheConfiguration()
                .withClient(new StoreClient(store))
                .withCacheItemTTL(ttl.toMillis()))) {
      cache.getSecretString(ID);
      LockSupport.parkNanos(ttl.toNanos());
      becomesSlow(store);
      return slowest(() -> cache.getSecretString(ID));
    }
  }

  private static Store loaded() {
    Store store = new Store();
    store.put(ID, "1", "hunter2hunter2");
    return store;
  }

  private void becomesSlow(Store store) {
    store.onDescribe =
        () -> {
          long end = TIME.nanoTime() + slow.toNanos();
          for (long left = slow.toNanos(); left > 0; left = end - TIME.nanoTime()) {
            LockSupport.parkNanos(left);
          }
        };
  }

  private Duration slowest(Runnable read) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    try {
      List<Future<Long>> all = new ArrayList<>();
      long end = TIME.nanoTime() + slow.toNanos();
      for (int i = 0; i < readers; i++) {
        all.add(
            threads.submit(
                () -> {
                  long worst = 0;
                  for (long before = TIME.nanoTime(); before < end; before = TIME.nanoTime()) {
                    read.run();
                    worst = Math.max(worst, TIME.nanoTime() - before);
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                  }
                  return worst;
                }));
      }
      long slowest = 0;
      for (Future<Long> one : all) {
        slowest = Math.max(slowest, one.get());
      }
      return Duration.ofNanos(slowest);
    } finally {
      threads.shutdownNow();
    }
  }
}
