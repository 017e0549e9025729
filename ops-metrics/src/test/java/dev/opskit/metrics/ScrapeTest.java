package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsResponse;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeTest {
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final Page page = new Page(metrics);

  @BeforeEach
  void declare() {
    metrics.operation("orders_processed", "Orders handled.").register();
    metrics.gauge("queue.size", "Orders that wait.", () -> 7);
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  private static Map<String, List<String>> header(String name, String value) {
    return Map.of(name, List.of(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain | text",
        "text/* | text",
        "application/* | openmetrics",
        "*/* | text",
        "*/*;q=0.1, application/openmetrics-text;q=0.2 | openmetrics",
        "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.9 | text",
        "application/openmetrics-text;version=0.0.1,text/plain;q=0.5 | text",
        "application/openmetrics-text; version=\"1.0.0\", text/plain;q=0.5 | openmetrics",
        "APPLICATION/OpenMetrics-Text | openmetrics",
        "text/plain;q=0, */* | openmetrics",
        "text/plain;q=0.5, */*;q=0.1 | text",
        "text/*;q=0.2, application/openmetrics-text;q=0.3, */* | openmetrics",
        "text/plain;q=7 | text",
        ",;, | text",
        "application/vnd.google.protobuf;q=0.6,application/openmetrics-text;version=1.0.0;"
            + "escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
            + "text/plain;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1"
            + " | openmetrics",
        "application/json | 406",
        "text/plain;version=9.9 | 406",
        "*/*;q=0 | 406",
        "text/plain;q=0 | 406",
      })
  void theTypeIsWhatTheRequestPrefersMost(String accept, String expected) {
    OpsResponse response = page.get(null, header("Accept", accept));
    String type = String.valueOf(response.headers().get("Content-Type"));
    if (expected.equals("406")) {
      assertEquals(406, response.status());
      assertTrue(Page.text(response).contains("application/openmetrics-text"));
    } else {
      assertEquals(200, response.status());
      assertEquals(expected.equals("openmetrics"), type.startsWith("application/openmetrics-text"));
      assertEquals(expected.equals("text"), type.startsWith("text/plain; version=0.0.4"));
      assertEquals(expected.equals("openmetrics"), Page.text(response).endsWith("# EOF\n"));
    }
    assertEquals("Accept, Accept-Encoding", response.headers().get("Vary"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | gzip",
        "deflate, gzip;q=1.0, br | gzip",
        "GZIP | gzip",
        "x-gzip | gzip",
        "* | gzip",
        "gzip;q=0.5, identity;q=0.5 | gzip",
        "gzip;q=0.5, identity | plain",
        "gzip;q=0 | plain",
        "gzip;q=0, * | plain",
        "deflate, br | plain",
        "gzip;q=nonsense | plain",
        "identity;q=0, gzip;q=0.001 | gzip",
        "identity;q=0 | 406",
        "*;q=0 | 406",
        "gzip;q=0, identity;q=0 | 406",
      })
  void theBodyIsCompressedForThoseWhoTakeIt(String accepted, String expected) throws IOException {
    OpsResponse response = page.get(null, header("Accept-Encoding", accepted));
    assertEquals(expected.equals("406") ? 406 : 200, response.status());
    if (expected.equals("gzip")) {
      assertEquals("gzip", response.headers().get("Content-Encoding"));
      try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
        assertArrayEquals(page.get(null, Map.of()).body(), in.readAllBytes());
      }
    } else {
      assertFalse(response.headers().containsKey("Content-Encoding"));
    }
  }

  @Test
  void severalHeadersOfOneNameCountAsOne() {
    OpsResponse response =
        page.get(
            null,
            Map.of("Accept", List.of("text/plain;q=0.1", "application/openmetrics-text;q=0.9")));
    assertTrue(Page.text(response).endsWith("# EOF\n"));
  }

  @Test
  void onlyWhatIsAskedForIsAnswered() {
    String counter = Page.text(page.get("name[]=orders_processed_total", Map.of()));
    assertTrue(counter.contains("orders_processed_total{outcome=\"ok\"} 0.0"), counter);
    assertEquals(4, counter.lines().count(), counter);
    String two =
        Page.text(
            page.get(
                "name%5B%5D=queue_size&name[]=orders_processed_duration_seconds_bucket", Map.of()));
    assertTrue(two.contains("queue_size 7.0"), two);
    assertTrue(two.contains("orders_processed_duration_seconds_sum 0.0"), two);
    assertFalse(two.contains("orders_processed_total"), two);
    assertEquals("", Page.text(page.get("name[]=nothing", Map.of())));
  }

  @Test
  void tooManyNamesAreRefused() {
    assertEquals(200, page.get("name[]=a&".repeat(256), Map.of()).status());
    assertEquals(400, page.get("name[]=a&".repeat(257), Map.of()).status());
  }

  @Test
  void aMetricThatThrowsLeavesOutItselfAlone() {
    metrics.gauge(
        "broken.gauge",
        "Throws.",
        () -> {
          throw new IllegalStateException("secret-detail");
        });
    FunctionCounter.builder(
            "broken.counter",
            this,
            test -> {
              throw new IllegalStateException("secret-detail");
            })
        .description("Throws.")
        .register(metrics.registry());
    PrometheusRegistry client =
        ((PrometheusMeterRegistry) metrics.registry()).getPrometheusRegistry();
    Collector single =
        () -> {
          throw new IllegalStateException("secret-detail");
        };
    MultiCollector several =
        () -> {
          throw new StackOverflowError("secret-detail");
        };
    client.register(single);
    client.register(several);
    for (String query : new String[] {null, "name[]=queue_size&name[]=broken_gauge"}) {
      OpsResponse response = page.get(query, Map.of());
      String text = Page.text(response);
      assertEquals(200, response.status());
      assertTrue(text.contains("\nqueue_size 7.0\n"), text);
      assertTrue(text.contains("\nbroken_gauge NaN\n"), text);
      assertFalse(text.contains("secret-detail"), text);
      assertFalse(text.contains("broken_counter"), text);
    }
    client.unregister(single);
    client.unregister(several);
    client.register(single);
    assertThrows(IllegalArgumentException.class, () -> client.register(single));
  }

  @Test
  void theHostsRegistryMayBeAnyOrOneOfSeveral() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CompositeMeterRegistry several =
        new CompositeMeterRegistry().add(new SimpleMeterRegistry()).add(prometheus);
    try (OpsMetrics composite = OpsMetrics.builder().registry(several).jvm(false).build()) {
      composite.operation("orders_processed", "Orders handled.").register().start().stop("ok");
      assertEquals(1, new Page(composite).value("orders_processed_total{outcome=\"ok\"}"));
    }
    SimpleMeterRegistry simple = new SimpleMeterRegistry();
    try (OpsMetrics alone = OpsMetrics.builder().registry(simple).jvm(false).build()) {
      alone.operation("orders_processed", "Orders handled.").register().start().stop("ok");
      assertNotNull(simple.find("orders.processed").tag("outcome", "ok").counter());
      assertThrows(IllegalStateException.class, alone::endpoints);
    }
    several.close();
  }
}
