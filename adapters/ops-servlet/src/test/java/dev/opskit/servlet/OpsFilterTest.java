package dev.opskit.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class OpsFilterTest {
  /** How a request to a path ends: what is sent, and what observers are told. */
  private record Ending(
      String path, int sent, @Nullable String route, int told, @Nullable Class<?> failure) {
    Ending(String path, int status) {
      this(path, status, path, status, null);
    }

    Ending(String path, int status, Class<?> failure) {
      this(path, status, path, status, failure);
    }
  }

  private static final List<Ending> ENDINGS =
      List.of(
          new Ending("/", 200),
          new Ending("/ok/1", 200, "/ok/*", 200, null),
          new Ending("/route/1", 200, "/route/{id}", 200, null),
          new Ending("/nothing", 404, null, 404, null),
          new Ending("/sendError", 409),
          new Ending("/throws", 500, IllegalStateException.class),
          new Ending("/error", 500, StackOverflowError.class),
          new Ending("/status503", 500, IllegalStateException.class),
          new Ending("/reset", 201),
          new Ending("/resetThrows", 500, IllegalStateException.class),
          new Ending("/forward", 200),
          new Ending("/forwardCaught", 202),
          new Ending("/async/elsewhere", 202),
          new Ending("/async/atOnce", 202),
          new Ending("/async/sendError", 409),
          new Ending("/async/dispatch", 200),
          new Ending("/async/throws", 500, IllegalStateException.class),
          new Ending("/async/again", 203),
          new Ending("/async/startThrows", 500, IllegalStateException.class),
          new Ending("/async/timeout", 500),
          new Ending("/async/timeoutHandled", 504));

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Map<Container, Service> SERVICES = new EnumMap<>(Container.class);

  private String id = "";

  @BeforeAll
  static void start() throws Exception {
    for (Container container : Container.values()) {
      SERVICES.put(container, Service.start(container, OpsFilterTest::set));
    }
  }

  private static void set(ServletContext context, OpsFilter filter) {
    Handlers.mount(
        context,
        Container.ERROR_PAGE,
        (request, response) -> {
          CorrelationContext current = CorrelationContext.current();
          response.getOutputStream().print("sorry, " + (current == null ? "?" : current.id()));
        });
    Handlers.mount(context, "/teapot", (request, response) -> response.sendError(418));
    filter.addTo(context);
    // A second one, as when a framework adds it as well.
    Handlers.mountAll(context);
    context.addFilter("second", filter).addMappingForUrlPatterns(null, true, "/ok/*");
    assertThrows(IllegalStateException.class, () -> filter.addTo(context));
  }

  @AfterAll
  static void stop() throws Exception {
    for (Service service : SERVICES.values()) {
      service.close();
    }
  }

  static Stream<Arguments> everyEnding() {
    List<Arguments> all = new ArrayList<>();
    for (Container container : Container.values()) {
      for (Ending ending : ENDINGS) {
        all.add(Arguments.of(container, "GET", ending));
        all.add(Arguments.of(container, "HEAD", ending));
      }
    }
    return all.stream();
  }

  @BeforeEach
  void makeAnId() {
    id = "id-" + NEXT.incrementAndGet();
  }

  @ParameterizedTest
  @MethodSource("everyEnding")
  void everyRequestIsToldOnceAsItEnded(Container container, String method, Ending ending)
      throws Exception {
    Service service = service(container);
    HttpResponse<String> response = service.send(method, ending.path(), id);
    assertEquals(ending.sent(), response.statusCode());
    assertEquals(id, response.headers().firstValue("x-correlation-id").orElse("none"));
    Service.Told told = service.told(id);
    assertEquals(
        Arrays.asList(method, ending.path(), ending.route(), ending.told()),
        Arrays.asList(
            told.request().method(),
            told.request().path(),
            told.end().route(),
            told.end().status()));
    assertSame(ending.failure(), classOf(told.end().failure()));
    assertSame(told.request().correlation(), told.scope());
    long length = told.end().responseBytes();
    assertTrue(length == -1 || length == declaredLength(response), "a length of " + length);
  }

  @ParameterizedTest
  @EnumSource
  void aLengthThatIsKnownIsTold(Container container) throws Exception {
    Service service = service(container);
    service.send("HEAD", "/length", id);
    assertEquals(4, service.told(id).end().responseBytes());
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatBrokeOffIsA500(Container container) throws Exception {
    Service service = service(container);
    for (String path : new String[] {"/halfway", "/async/halfway"}) {
      makeAnId();
      assertThrows(IOException.class, () -> service.send("GET", path, id));
      Service.Told told = service.told(id);
      assertEquals(500, told.end().status());
      assertSame(IllegalStateException.class, classOf(told.end().failure()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aServletThatIsClosedIsToldAsItIsAnswered(Container container) throws Exception {
    Service service = service(container);
    for (String path : new String[] {"/away", "/gone"}) {
      makeAnId();
      HttpResponse<String> response = service.send("GET", path, id);
      assertEquals(path.equals("/gone") ? 404 : 503, response.statusCode());
      assertEquals(response.statusCode(), service.told(id).end().status());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorPageRunsInTheScopeAndIsNoRequestOfItsOwn(Container container) throws Exception {
    Service service = service(container);
    HttpResponse<String> response = service.send("GET", "/teapot", id);
    assertEquals("sorry, " + id, response.body());
    Service.Told told = service.told(id);
    assertEquals("/teapot", told.end().route());
    assertEquals(Container.TEAPOT, told.end().status());
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatIsFirstSeenAsAnErrorIsToldByWhatTheClientAsked(Container container)
      throws Exception {
    Service service =
        Service.start(
            container,
            (context, filter) -> {
              context
                  .addFilter("guard", (request, response, chain) -> Service.refuse(response))
                  .addMappingForUrlPatterns(null, true, "/*");
              Handlers.mount(context, Container.ERROR_PAGE, (request, response) -> {});
              filter.addTo(context);
            });
    try (service) {
      assertEquals(Container.TEAPOT, service.send("GET", "/secret", id).statusCode());
      Service.Told told = service.told(id);
      assertEquals("/secret", told.request().path());
      assertNull(told.end().route());
      assertEquals(Container.TEAPOT, told.end().status());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theIdComesBeforeTheHandlerIsDone(Container container) throws Exception {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    Service service =
        Service.start(
            container,
            (context, filter) -> {
              filter.addTo(context);
              Handlers.mount(
                  context,
                  "/slow",
                  (request, response) -> {
                    Handlers.begin(response);
                    seen.join();
                  });
            });
    try (service) {
      assertEquals(id, service.firstHeader("/slow", id));
      seen.complete(null);
      service.told(id);
    } finally {
      seen.complete(null);
    }
  }

  private static Service service(Container container) {
    Service service = SERVICES.get(container);
    assertNotNull(service);
    return service;
  }

  private static @Nullable Class<?> classOf(@Nullable Throwable failure) {
    return failure == null ? null : failure.getClass();
  }

  private static long declaredLength(HttpResponse<String> response) {
    return response.headers().firstValueAsLong("content-length").orElse(-1);
  }
}
