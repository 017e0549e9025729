package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each kind of hand-over carries the context and leaves none behind; so do many at once, of many
 * requests, on the same few threads. {@code -Dopskit.hops=1000000} makes it a long run.
 */
@Timeout(600)
class HandOverTest {
  private static final long HOPS = Long.getLong("opskit.hops", 100_000);
  private static final int REQUESTS = 8;

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final ExecutorService pool = Executors.newFixedThreadPool(3);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
    pool.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void theContextIsThereAndNothingIsLeftBehind(HandOver kind) throws Exception {
    HandOver.Pools pools = HandOver.Pools.of(pool, scheduler);
    for (int i = 0; i < 20; i++) {
      try (CorrelationContext.Scope scope = CorrelationContext.of("request-" + i).open()) {
        assertEquals("request-" + i, kind.idThere(pools));
        assertEquals("request-" + i, HandOver.currentId());
      }
      assertEquals(HandOver.NONE, kind.idThere(pools));
    }
    assertNothingIsLeft();
  }

  @Test
  void manyHopsNeverMeetAnotherRequest() throws Exception {
    run(pool);
  }

  @Test
  void norOnVirtualThreads() throws Exception {
    ExecutorService virtual = virtualThreads();
    assumeTrue(virtual != null, "this Java platform has no virtual threads");
    run(virtual);
    virtual.shutdown();
  }

  @Test
  void aParallelStreamIsNotCarried() {
    Map<String, Boolean> seen = new ConcurrentHashMap<>();
    try (CorrelationContext.Scope scope = CorrelationContext.of("mine").open()) {
      IntStream.range(0, 10_000)
          .parallel()
          .forEach(
              i -> seen.put(Thread.currentThread().getName() + "=" + HandOver.currentId(), true));
      String here = Thread.currentThread().getName();
      assertTrue(
          seen.keySet().stream()
              .allMatch(entry -> entry.endsWith(entry.startsWith(here) ? "=mine" : "=none")),
          seen.toString());
    }
  }

  private void run(ExecutorService threads) throws Exception {
    HandOver.Pools pools = HandOver.Pools.of(threads, scheduler);
    AtomicLong leaks = new AtomicLong();
    ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
    List<Future<Long>> running = new ArrayList<>();
    for (int client = 0; client < REQUESTS; client++) {
      SplittableRandom random = new SplittableRandom(client);
      Callable<Long> requests = () -> requests(random, pools, leaks);
      running.add(clients.submit(requests));
    }
    long hops = 0;
    for (Future<Long> one : running) {
      hops += one.get();
    }
    clients.shutdownNow();
    assertEquals(0, leaks.get(), "hops that found another context than their own");
    assertTrue(hops >= HOPS, hops + " hops");
    assertNothingIsLeft();
  }

  private static long requests(SplittableRandom random, HandOver.Pools pools, AtomicLong leaks)
      throws Exception {
    HandOver[] kinds = HandOver.values();
    long hops = 0;
    while (hops < HOPS / REQUESTS + 1) {
      boolean outside = random.nextInt(10) == 0;
      CorrelationContext context = CorrelationContext.create();
      String expected = outside ? HandOver.NONE : context.id();
      CorrelationContext.Scope scope = outside ? null : context.open();
      for (int i = random.nextInt(1, 20); i > 0; i--) {
        if (!kinds[random.nextInt(kinds.length)].idThere(pools).equals(expected)) {
          leaks.incrementAndGet();
        }
        hops++;
      }
      if (scope != null) {
        scope.close();
      }
      leaks.addAndGet(CorrelationContext.current() == null ? 0 : 1);
    }
    return hops;
  }

  private void assertNothingIsLeft() throws Exception {
    assertNull(CorrelationContext.current());
    for (ExecutorService executor : List.of(pool, scheduler)) {
      for (int i = 0; i < 6; i++) {
        Callable<String> call = HandOver::currentId;
        assertEquals(HandOver.NONE, executor.submit(call).get());
      }
    }
  }

  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException before21) {
      return null;
    }
  }
}
