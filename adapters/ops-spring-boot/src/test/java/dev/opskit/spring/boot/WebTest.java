package dev.opskit.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.health.Health;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** One application that uses everything, started as its users start theirs. */
@Timeout(120)
class WebTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static ConfigurableApplicationContext context;

  @RestController
  @SuppressWarnings("unused")
  static class Orders {
    private final RestClient.Builder rest;
    private final RestTemplateBuilder template;
    private final WebClient.Builder web;
    private final Jobs jobs;
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch leave = new CountDownLatch(1);

    Orders(
        RestClient.Builder rest, RestTemplateBuilder template, WebClient.Builder web, Jobs jobs) {
      this.rest = rest;
      this.template = template;
      this.web = web;
      this.jobs = jobs;
    }

    @GetMapping("/echo/{id}")
    String echo(
        @RequestHeader("x-correlation-id") String id,
        @RequestHeader(name = "traceparent", required = false) @Nullable String trace) {
      return id + " " + trace;
    }

    @GetMapping("/rest")
    @Nullable String rest() {
      return rest.build().get().uri(url("/echo/1")).retrieve().body(String.class);
    }

    @GetMapping("/template")
    @Nullable String template() {
      return template.build().getForObject(url("/echo/1"), String.class);
    }

    @GetMapping("/web")
    @Nullable String web() {
      return web.build().get().uri(url("/echo/1")).retrieve().bodyToMono(String.class).block();
    }

    @GetMapping("/async")
    String async() {
      return jobs.current().join();
    }

    @GetMapping("/slow")
    String slow() throws InterruptedException {
      entered.countDown();
      leave.await();
      return "done";
    }
  }

  static class Jobs {
    private final LinkedBlockingQueue<String> runs = new LinkedBlockingQueue<>();

    /** Of the next run. A method, as this object is behind a proxy. */
    public String nextRun() throws InterruptedException {
      return runs.take();
    }

    @Async
    public CompletableFuture<String> current() {
      return CompletableFuture.completedFuture(id());
    }

    @Scheduled(fixedDelay = 10)
    void run() {
      runs.add(id());
    }

    private static String id() {
      CorrelationContext current = CorrelationContext.current();
      return current == null ? "none" : current.id();
    }
  }

  static class Told implements RequestObserver {
    final LinkedBlockingQueue<String> routes = new LinkedBlockingQueue<>();

    @Override
    public void finished(RequestInfo request, RequestOutcome outcome) {
      routes.add(outcome.route() + " " + outcome.status());
    }
  }

  @Configuration
  @EnableAsync
  @EnableScheduling
  static class Service {
    @Bean
    Jobs jobs() {
      return new Jobs();
    }

    @Bean
    Told told() {
      return new Told();
    }
  }

  @BeforeAll
  static void start() {
    context = start("spring.profiles.active=none");
  }

  private static ConfigurableApplicationContext start(String... properties) {
    return StartedApplication.start(
        started -> {
          started.registerBean(Service.class);
          started.registerBean(Orders.class);
        },
        StartedApplication.Application.class,
        properties);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  private static String url(String path) {
    return "http://127.0.0.1:" + port(context) + path;
  }

  private static int port(ConfigurableApplicationContext of) {
    return of.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("x-correlation-id", "id-1")
        .header("traceparent", TRACE)
        .build();
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return CLIENT.send(request(port, path), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void clientsOfEveryKindStampTheContextOfTheRequest() throws Exception {
    for (String path : new String[] {"/rest", "/template", "/web"}) {
      assertEquals("id-1 " + TRACE, get(port(context), path).body(), path);
    }
  }

  @Test
  void asyncMethodsRunInTheContextOfTheRequest() throws Exception {
    assertEquals("id-1", get(port(context), "/async").body());
  }

  @Test
  void eachRunOfAScheduledTaskHasAContextOfItsOwn() throws Exception {
    Jobs jobs = context.getBean(Jobs.class);
    String first = jobs.nextRun();
    String second = jobs.nextRun();
    assertTrue(first.matches("[0-9a-f]{32}"), first);
    assertTrue(second.matches("[0-9a-f]{32}"), second);
    assertTrue(!first.equals(second), "two runs have one id");
  }

  @Test
  void routesAreWhatControllersAreMappedToAndNothingElse() throws Exception {
    Told told = context.getBean(Told.class);
    told.routes.clear();
    get(port(context), "/echo/7");
    assertEquals("/echo/{id} 200", told.routes.take());
    get(port(context), "/nothing/here");
    assertEquals("null 404", told.routes.take());
    String page = get(port(context), "/metrics").body();
    assertTrue(page.contains("route=\"/echo/{id}\""), page);
    assertTrue(page.contains("jvm_memory_used_bytes"), page);
  }

  @Test
  void actuatorAndOpskitAgree() throws Exception {
    assertEquals(200, get(port(context), "/ready").statusCode());
    assertEquals(200, get(port(context), "/actuator/health/readiness").statusCode());
  }

  @Test
  void endpointsCanHaveAPortOfTheirOwn() throws Exception {
    try (ConfigurableApplicationContext own = start("ops.endpoints.port=0")) {
      int management = own.getBean(JdkOpsServer.class).port();
      assertEquals(200, get(management, "/health").statusCode());
      assertTrue(get(management, "/metrics").body().contains("active_connections"));
      assertEquals(404, get(port(own), "/health").statusCode());
    }
  }

  @Test
  void aRequestThatIsBeingHandledComesToItsEndBeforeAnythingStops() throws Exception {
    ConfigurableApplicationContext own =
        start("ops.endpoints.port=0", "ops.shutdown.limit=60s", "server.shutdown=immediate");
    Orders orders = own.getBean(Orders.class);
    Health health = own.getBean(Health.class);
    int management = own.getBean(JdkOpsServer.class).port();
    var closing = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<HttpResponse<String>> slow =
          CLIENT.sendAsync(request(port(own), "/slow"), HttpResponse.BodyHandlers.ofString());
      orders.entered.await();
      CompletableFuture<Void> closed = CompletableFuture.runAsync(own::close, closing);
      while (!health.drain().hasBegun()) {
        Thread.onSpinWait();
      }
      assertEquals(503, get(management, "/ready").statusCode());
      assertEquals(200, get(management, "/health").statusCode());
      assertEquals(200, get(port(own), "/echo/1").statusCode());
      orders.leave.countDown();
      assertEquals("done", slow.join().body());
      closed.join();
    } finally {
      orders.leave.countDown();
      closing.shutdown();
    }
  }

  @Test
  void nothingIsServedWhereThePropertiesSaySo() throws Exception {
    try (ConfigurableApplicationContext own =
        start("ops.endpoints.enabled=false", "ops.access-log=false")) {
      assertEquals(404, get(port(own), "/health").statusCode());
      HttpResponse<String> answer = get(port(own), "/echo/1");
      assertEquals("id-1", answer.headers().firstValue("x-correlation-id").orElse("none"));
      assertNull(own.getBeanProvider(dev.opskit.logging.AccessLog.class).getIfAvailable());
      assertNotNull(own.getBean(Health.class));
    }
  }
}
