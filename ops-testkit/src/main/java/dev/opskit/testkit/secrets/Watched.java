package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.event.Subscription;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The clauses on {@link SecretProvider#watch}. */
final class Watched {
  private static final byte[] ONE = {'1'};
  private static final byte[] TWO = {'2', '2'};

  private Watched() {}

  static void aChangeIsTold(SecretProviderContract store) throws Exception {
    SecretRef ref = SecretRef.of("contract-watched");
    store.put(ref.id(), ONE.clone());
    store.provider().fetch(ref).close();
    CountDownLatch told = new CountDownLatch(1);
    try (Subscription watch = store.provider().watch(ref, told::countDown)) {
      store.put(ref.id(), TWO.clone());
      requireTold(store, told);
    }
  }

  /** Another watch tells when the closed one would have told. */
  static void whatIsClosedTellsNothing(SecretProviderContract store) throws Exception {
    SecretRef ref = SecretRef.of("contract-closed");
    store.put(ref.id(), ONE.clone());
    store.provider().fetch(ref).close();
    AtomicInteger afterClose = new AtomicInteger();
    CountDownLatch told = new CountDownLatch(1);
    Subscription closed = store.provider().watch(ref, afterClose::incrementAndGet);
    try (Subscription open = store.provider().watch(ref, told::countDown)) {
      closed.close();
      closed.close();
      store.put(ref.id(), TWO.clone());
      requireTold(store, told);
    }
    assertEquals(0, afterClose.get(), "a watch that was closed told of a change");
  }

  private static void requireTold(SecretProviderContract store, CountDownLatch told)
      throws InterruptedException {
    if (store.watches()) {
      assertTrue(
          told.await(store.patience().toNanos(), TimeUnit.NANOSECONDS),
          () -> "a change was not told within " + store.patience());
    }
  }
}
