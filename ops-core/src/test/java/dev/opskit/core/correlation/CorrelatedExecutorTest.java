package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way in carries the context of the moment, and the one pooled thread keeps none of them. */
@Timeout(30)
class CorrelatedExecutorTest {
  private static final String OUTSIDE = "none";

  private final ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor();
  private final ScheduledExecutorService correlated = CorrelationContext.wrap(pool);
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final Runnable task = () -> seen.add(currentId());
  private final Callable<String> call = CorrelatedExecutorTest::currentId;
  private final CorrelationContext.Scope scope = CorrelationContext.of("mine").open();

  @BeforeEach
  void theThreadIsThereBeforeTheContext() throws Exception {
    assertEquals(OUTSIDE, pool.submit(call).get());
  }

  @AfterEach
  void theThreadKeepsNothing() throws Exception {
    scope.close();
    if (!pool.isShutdown()) {
      assertEquals(OUTSIDE, pool.submit(call).get());
    }
    pool.shutdownNow();
  }

  @Test
  void execute() throws Exception {
    correlated.execute(task);
    assertEquals("mine", seen.take());
  }

  @Test
  void submit() throws Exception {
    assertEquals("mine", correlated.submit(call).get());
    correlated.submit(task).get();
    assertEquals("mine", seen.take());
    assertEquals("result", correlated.submit(task, "result").get());
    assertEquals("mine", seen.take());
  }

  @Test
  void invokeAll() throws Exception {
    for (Future<String> result : correlated.invokeAll(List.of(call, call))) {
      assertEquals("mine", result.get());
    }
    for (Future<String> result : correlated.invokeAll(List.of(call), 9, TimeUnit.SECONDS)) {
      assertEquals("mine", result.get());
    }
  }

  @Test
  void invokeAny() throws Exception {
    assertEquals("mine", correlated.invokeAny(List.of(call)));
    assertEquals("mine", correlated.invokeAny(List.of(call), 9, TimeUnit.SECONDS));
  }

  @Test
  void schedule() throws Exception {
    assertEquals("mine", correlated.schedule(call, 1, TimeUnit.MILLISECONDS).get());
    correlated.schedule(task, 1, TimeUnit.MILLISECONDS).get();
    assertEquals("mine", seen.take());
  }

  @Test
  void repeatingTasksInEveryRun() throws Exception {
    Future<?> rate = correlated.scheduleAtFixedRate(task, 0, 1, TimeUnit.MILLISECONDS);
    Future<?> delay = correlated.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);
    for (int i = 0; i < 10; i++) {
      assertEquals("mine", seen.take());
    }
    rate.cancel(false);
    delay.cancel(false);
  }

  @Test
  void aTaskThatThrowsLeavesNothingBehind() {
    Future<?> failed =
        correlated.submit(
            () -> {
              throw new IllegalStateException("expected");
            });
    assertThrows(ExecutionException.class, failed::get);
  }

  @Test
  void outsideOfAnyContextATaskRunsOutsideOfAny() throws Exception {
    scope.close();
    Callable<String> outside = CorrelationContext.wrap(call);
    try (CorrelationContext.Scope other = CorrelationContext.of("other").open()) {
      assertEquals(OUTSIDE, outside.call());
      assertEquals("other", currentId());
    }
  }

  @Test
  void plainExecutorsAndTasksAreWrappedAlike() throws Exception {
    CorrelationContext.wrap((Executor) pool).execute(task);
    assertEquals("mine", seen.take());
    assertEquals("mine", CorrelationContext.wrap((ExecutorService) pool).submit(call).get());
    pool.submit(CorrelationContext.wrap(task)).get();
    assertEquals("mine", seen.take());
    assertEquals("mine", pool.submit(CorrelationContext.wrap(call)).get());
    Supplier<String> supplier = CorrelationContext.wrapSupplier(CorrelatedExecutorTest::currentId);
    assertEquals("mine", pool.submit(supplier::get).get());
  }

  @Test
  void shuttingDownReachesTheExecutor() throws Exception {
    assertFalse(correlated.isShutdown());
    pool.execute(
        () -> {
          try {
            seen.add("started");
            correlated.awaitTermination(1, TimeUnit.MINUTES);
          } catch (InterruptedException stopped) {
            seen.add("interrupted");
          }
        });
    correlated.execute(task);
    assertEquals("started", seen.take());
    assertEquals(1, correlated.shutdownNow().size());
    assertTrue(correlated.awaitTermination(9, TimeUnit.SECONDS));
    assertTrue(pool.isShutdown());
    assertTrue(correlated.isTerminated());
    assertEquals("interrupted", seen.poll());
    assertNull(seen.poll());
  }

  private static String currentId() {
    CorrelationContext context = CorrelationContext.current();
    return context == null ? OUTSIDE : context.id();
  }
}
