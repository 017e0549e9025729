package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.time.ManualTimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).time(time).build();
  private final Page page = new Page(metrics);

  @AfterEach
  void close() {
    metrics.close();
  }

  private Operation.Builder orders() {
    return metrics
        .operation("orders_processed", "Orders handled.")
        .outcomes("ok", "rejected", "failed", "lost")
        .bad("failed", "lost");
  }

  private double count(String outcome) {
    return page.value("orders_processed_total{outcome=\"" + outcome + "\"}");
  }

  @Test
  void workWithoutAResultCountsLikeACall() {
    Operation orders = orders().register();
    orders.run(() -> time.advance(Duration.ofMillis(300)));
    IOException no = new IOException("no");
    assertSame(
        no,
        assertThrows(
            IOException.class,
            () ->
                orders.run(
                    () -> {
                      throw no;
                    })));
    assertEquals(1, count("ok"));
    assertEquals(1, count("failed"));
    assertEquals(0.3, page.value("orders_processed_duration_seconds_sum"), 1e-9);
    assertEquals(2, page.value("orders_processed_duration_seconds_count"));
  }

  @Test
  void anExceptionCountsAsWhatItIsMappedTo() {
    Operation orders =
        orders()
            .on(FileNotFoundException.class, "lost")
            .on(IOException.class, "rejected")
            .register();
    List<Exception> thrown =
        List.of(
            new FileNotFoundException(),
            new IOException(),
            new IllegalStateException(),
            new CompletionException(new IOException()),
            new ExecutionException(new FileNotFoundException()),
            new UncheckedIOException(new IOException()));
    for (Exception e : thrown) {
      assertThrows(
          e.getClass(),
          () ->
              orders.call(
                  () -> {
                    throw e;
                  }));
    }
    orders.start().stop(new IOException());
    assertEquals(2, count("lost"));
    assertEquals(3, count("rejected"));
    assertEquals(2, count("failed"));
  }

  @Test
  void aStageCountsWhenItCompletesAndBeforeAnybodyKnows() {
    Operation orders = orders().on(IOException.class, "rejected").register();
    CompletableFuture<String> good = new CompletableFuture<>();
    CompletableFuture<String> bad = new CompletableFuture<>();
    CompletionStage<String> first = orders.callAsync(() -> good);
    CompletionStage<String> second = orders.callAsync(() -> bad.thenApply(text -> text));
    assertEquals(2, page.value("orders_processed_active"));
    assertEquals(0, page.sum("orders_processed_total"));
    CompletionStage<Double> seen = first.thenApply(text -> count("ok"));
    time.advance(Duration.ofSeconds(2));
    good.complete("done");
    assertEquals(1, seen.toCompletableFuture().join());
    IOException no = new IOException("no");
    bad.completeExceptionally(no);
    var failure =
        assertThrows(CompletionException.class, () -> second.toCompletableFuture().join());
    assertSame(no, failure.getCause());
    assertEquals(1, count("rejected"));
    assertEquals(0, page.value("orders_processed_active"));
    assertEquals(4, page.value("orders_processed_duration_seconds_sum"), 1e-9);
  }

  @Test
  void aStageThatNeverBeginsCountsAtOnce() {
    Operation orders = orders().register();
    IllegalStateException no = new IllegalStateException("no");
    assertSame(
        no,
        assertThrows(
            IllegalStateException.class,
            () ->
                orders.<String>callAsync(
                    () -> {
                      throw no;
                    })));
    assertThrows(NullPointerException.class, () -> orders.callAsync(OperationTest::nothing));
    assertEquals(2, count("failed"));
    assertEquals(0, page.value("orders_processed_active"));
  }

  @SuppressWarnings("NullAway")
  private static CompletionStage<String> nothing() {
    return null;
  }

  @Test
  void whatIsUnderWayIsActive() throws Exception {
    Operation orders = orders().register();
    Operation.Timing timing = orders.start();
    assertEquals(2, orders.call(() -> page.value("orders_processed_active")));
    timing.stop("ok");
    timing.stop("ok");
    assertEquals(0, page.value("orders_processed_active"));
  }

  @Test
  void theLastSuccessBeginsWithTheDeclarationAndMovesWithTheNormalOutcomeAlone() {
    Operation orders = orders().register();
    String metric = "orders_processed_last_success_timestamp_seconds";
    double declared = time.now().getEpochSecond();
    assertEquals(declared, page.value(metric));
    time.advance(Duration.ofSeconds(100));
    orders.start().stop("failed");
    orders.start().stop("rejected");
    assertEquals(declared, page.value(metric));
    orders.start().stop("ok");
    time.advance(Duration.ofMillis(1_500));
    assertEquals(declared + 100, page.value(metric), 1e-6);
    time.advance(Duration.ofSeconds(50));
    assertEquals(declared + 100, page.value(metric), 1e-6);
  }

  @Test
  void aClockThatIsSetMakesNoSuccessLookOld() {
    Operation orders = orders().register();
    orders.start().stop("ok");
    time.advance(Duration.ofSeconds(10));
    Instant corrected = time.now().plus(Duration.ofDays(1));
    time.jumpTo(corrected);
    assertEquals(
        corrected.getEpochSecond() - 10,
        page.value("orders_processed_last_success_timestamp_seconds"),
        1e-3);
  }

  @Test
  void bucketsAreExportedAndCanCarryAnObjective() {
    Slo slo = Slo.latency("99", Duration.ofMillis(30));
    Operation orders =
        orders().buckets(Duration.ofMillis(30), Duration.ofSeconds(60)).slo(slo).register();
    Operation.Timing timing = orders.start();
    time.advance(Duration.ofMillis(30));
    timing.stop("ok");
    assertEquals(1, page.value("orders_processed_duration_seconds_bucket{le=\"0.03\"}"));
    assertEquals(3, page.series("orders_processed_duration_seconds_bucket").count());
    OperationSpec spec = metrics.operations().get(0);
    assertEquals(List.of(Duration.ofMillis(30), Duration.ofSeconds(60)), spec.buckets());
    assertTrue(page.text().contains("\n" + spec.lastSuccess() + " "));
    assertTrue(page.text().contains("\n" + spec.active() + " "));
  }

  @Test
  void whatIsUndeclaredIsCountedAsRejected() {
    Operation orders = orders().register();
    orders.start().stop("typo");
    orders.start().stop("typo");
    assertEquals(2, count("failed"));
    assertEquals(2, page.value("ops_metrics_rejected_total{metric=\"orders_processed_total\"}"));
  }

  @Test
  void badDeclarationsAreRefusedWithWhatWouldMendThem() {
    metrics.registry().counter("taken.by.host");
    refused("[PT1S, PT1S] must be above 0 and ascend", orders().buckets(second(1), second(1)));
    refused("[PT0S] must be above 0", orders().buckets(Duration.ZERO));
    refused("there are 0, must be 1 to 50", orders().buckets());
    refused("'nope' of operation 'orders_processed' is not among", on("nope"));
    refused("put it before that", () -> on("lost").on(FileNotFoundException.class, "failed"));
    refused("the metric taken_by_host exists", metrics.operation("taken_by_host", "Twice."));
    orders().register();
    refused("declared twice", orders());
    refused("orders_processed_active exists", metrics.operation("orders_processed_active", "No."));
    refused("take another name", () -> metrics.gauge("orders.processed.active", "No.", () -> 1));
    metrics.gauge("queue.size", "Orders that wait.", () -> 1);
    refused("queue_size exists", () -> metrics.gauge("queue_size", "Twice.", () -> 2));
    refused("needs a help text", () -> metrics.gauge("queue.age", " ", () -> 2));
    assertEquals(1, metrics.operations().size());
    assertFalse(page.text().contains("queue_age"));
  }

  private Operation.Builder on(String outcome) {
    return orders().on(IOException.class, outcome);
  }

  private static Duration second(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static void refused(String message, Operation.Builder operation) {
    refused(message, operation::register);
  }

  private static void refused(String message, Runnable declaration) {
    var refused = assertThrows(IllegalArgumentException.class, declaration::run);
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void aRegistryThatThrowsDoesNotReachTheWork() throws Exception {
    SimpleMeterRegistry broken =
        new SimpleMeterRegistry() {
          @Override
          protected Counter newCounter(Meter.Id id) {
            return new BrokenCounter(id);
          }
        };
    try (OpsMetrics onBroken = OpsMetrics.builder().registry(broken).jvm(false).build()) {
      Operation orders = onBroken.operation("orders_processed", "Orders handled.").register();
      assertEquals("done", orders.call(() -> "done"));
      assertDoesNotThrow(() -> orders.start().stop("typo"));
    }
  }

  private record BrokenCounter(Meter.Id id) implements Counter {
    @Override
    public void increment(double amount) {
      throw new IllegalStateException("broken");
    }

    @Override
    public double count() {
      return 0;
    }

    @Override
    public Meter.Id getId() {
      return id;
    }
  }

  @Test
  void aCallAllocatesNothing() {
    Operation orders = orders().register();
    // Made once, as a lambda that captures something is garbage of its own.
    Callable<String> call = () -> "done";
    Operation.Work<RuntimeException> work = () -> {};
    assertEquals(
        0,
        Garbage.bytesPerCall(
            () -> {
              orders.run(work);
              call(orders, call);
            }));
  }

  private static void call(Operation orders, Callable<String> call) {
    try {
      orders.call(call);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
