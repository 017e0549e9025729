package dev.opskit.verification.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RequestIdiomsTest {
  @Test
  void allIdiomsRecordTheSameRequest() {
    RequestIdioms opskit = new RequestIdioms();
    opskit.opskit();
    assertRecorded(opskit.opskitRegistry(), true);
    List<Consumer<RequestIdioms>> idioms =
        List.of(RequestIdioms::byBuilder, RequestIdioms::byLookup, RequestIdioms::resolvedBefore);
    for (Consumer<RequestIdioms> idiom : idioms) {
      RequestIdioms peer = new RequestIdioms();
      idiom.accept(peer);
      assertRecorded(peer.registry(), true);
    }
    RequestIdioms sampled = new RequestIdioms();
    sampled.bySample();
    assertRecorded(sampled.registry(), false);
  }

  /** Twice, as each set of idioms records once when it is made. */
  private static void assertRecorded(MeterRegistry registry, boolean theSameTime) {
    Counter counter =
        registry
            .find("http.requests")
            .tags("method", "POST", "route", "/orders/{id}", "status_code", "201")
            .counter();
    Timer timer =
        registry
            .find("http.request.duration")
            .tags("method", "POST", "route", "/orders/{id}")
            .timer();
    assertNotNull(counter);
    assertNotNull(timer);
    assertEquals(2, counter.count());
    assertEquals(2, timer.count());
    var buckets = timer.takeSnapshot().histogramCounts();
    assertEquals(9, buckets.length);
    if (theSameTime) {
      assertEquals(2 * RequestIdioms.NANOS, timer.totalTime(TimeUnit.NANOSECONDS));
      assertArrayEquals(
          new double[] {0, 2, 2, 2, 2, 2, 2, 2, 2},
          List.of(buckets).stream().mapToDouble(bucket -> bucket.count()).toArray());
    }
  }

  @Test
  void bothWaysRecordTheSamePayment() {
    RequestIdioms idioms = new RequestIdioms();
    idioms.amount(new BigDecimal("129.90"));
    idioms.summary(new BigDecimal("129.90"));
    var exact = idioms.opskitRegistry().get("payment.amount.dollars").summary().takeSnapshot();
    var plain = idioms.registry().get("payments").summary().takeSnapshot();
    assertEquals(plain.total(), exact.total());
    assertEquals(
        List.of(plain.histogramCounts()).toString(), List.of(exact.histogramCounts()).toString());
  }
}
