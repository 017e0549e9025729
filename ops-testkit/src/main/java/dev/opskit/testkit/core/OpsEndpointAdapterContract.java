package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every adapter keeps to that serves {@link OpsRoutes} on a server. Implement it in a JUnit
 * test class; each test starts a server and closes it.
 */
@Timeout(120)
public interface OpsEndpointAdapterContract {

  /**
   * Starts a server on a free port of 127.0.0.1, with nothing before the adapter.
   *
   * @param routes what to serve, at the paths that they name
   * @return closed by the contract
   * @throws Exception fails the test
   */
  RunningServer serve(OpsRoutes routes) throws Exception;

  /**
   * The largest body that is passed on to an endpoint.
   *
   * @return default 64 KiB
   */
  default int maxBodyBytes() {
    return 64 * 1024;
  }

  @Test
  default void theEndpointSeesTheRequestAsItCame() throws Exception {
    AtomicReference<OpsRequest> seen = new AtomicReference<>();
    OpsEndpoint keep =
        request -> {
          seen.set(request);
          return OpsResponse.text(200, "kept");
        };
    try (RunningServer server = serve(OpsRoutes.of("/keep/*", keep))) {
      String headers = "X-Two: 1\r\nX-Two: 2\r\nContent-Length: 2\r\n";
      RawAnswer.to(server, "POST /keep/a%20b?q=%20c&d", headers, "hi");
    }
    OpsRequest request = seen.get();
    assertNotNull(request, "the endpoint was not asked");
    assertEquals("POST", request.method());
    assertEquals("/keep/a b", request.path(), "the path is decoded");
    assertEquals("q=%20c&d", request.query(), "the query is not");
    assertEquals(List.of("1", "2"), request.headers().get("x-two"), "all values of a header");
    assertEquals("hi", new String(request.body(), StandardCharsets.UTF_8));
    assertTrue(request.remote() == null || request.remote().isLoopbackAddress(), "who asks");
  }

  @Test
  default void anAnswerIsSentAsItWasMade() throws Exception {
    byte[] bytes = new byte[200_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    OpsResponse made =
        new OpsResponse(200, Map.of("Content-Type", "application/x-bytes", "X-Own", "yes"), bytes);
    try (RunningServer server = serve(OpsRoutes.of("/bytes", request -> made))) {
      RawAnswer answer = RawAnswer.to(server, "GET /bytes", "", "");
      assertEquals(200, answer.status());
      assertEquals("application/x-bytes", answer.header("content-type"));
      assertEquals("yes", answer.header("x-own"));
      assertArrayEquals(bytes, answer.body());
    }
  }

  @Test
  default void anAnswerThatIsAnErrorKeepsItsBody() throws Exception {
    OpsResponse down = OpsResponse.error(503, "the database is away");
    try (RunningServer server = serve(OpsRoutes.of("/ready", request -> down))) {
      RawAnswer answer = RawAnswer.to(server, "GET /ready", "", "");
      assertEquals(503, answer.status());
      assertEquals("{\"error\":\"the database is away\"}", answer.text());
    }
  }

  @Test
  default void headHasTheHeadersOfGetAndNoBody() throws Exception {
    OpsRoutes routes = OpsRoutes.of("/text", request -> OpsResponse.text(200, "twelve bytes"));
    try (RunningServer server = serve(routes)) {
      RawAnswer answer = RawAnswer.to(server, "HEAD /text", "", "");
      assertEquals(200, answer.status());
      assertEquals("12", answer.header("content-length"), "the length of GET's body");
      assertEquals("", answer.text());
    }
  }

  @Test
  default void anAnswerWithoutContentHasNoBody() throws Exception {
    OpsResponse nothing = new OpsResponse(204, Map.of(), new byte[5]);
    try (RunningServer server = serve(OpsRoutes.of("/nothing", request -> nothing))) {
      RawAnswer answer = RawAnswer.to(server, "GET /nothing", "", "");
      assertEquals(204, answer.status());
      assertEquals(0, answer.body().length);
    }
  }

  @Test
  default void anyMethodIsLeftToTheEndpoint() throws Exception {
    OpsRoutes routes =
        OpsRoutes.of("/get", request -> OpsResponse.methodNotAllowed("GET, " + request.method()));
    try (RunningServer server = serve(routes)) {
      for (String method : List.of("PUT", "DELETE", "OPTIONS", "BREW")) {
        RawAnswer answer = RawAnswer.to(server, method + " /get", "Content-Length: 0\r\n", "");
        assertEquals(405, answer.status(), method);
        assertEquals("GET, " + method, answer.header("allow"));
      }
    }
  }

  @Test
  default void whatIsNotMountedIs404() throws Exception {
    OpsRoutes routes = OpsRoutes.of("/known", request -> OpsResponse.text(200, "known"));
    try (RunningServer server = serve(routes)) {
      for (String path : List.of("/", "/know", "/known/more", "/unknown")) {
        assertEquals(404, RawAnswer.to(server, "GET " + path, "", "").status(), path);
      }
    }
  }

  @Test
  default void aFailureIsA500WithoutDetails() throws Exception {
    OpsEndpoint failing =
        request -> {
          throw new StackOverflowError("a detail");
        };
    try (RunningServer server = serve(OpsRoutes.of("/fails", failing))) {
      RawAnswer answer = RawAnswer.to(server, "GET /fails", "", "");
      assertEquals(500, answer.status());
      assertFalse(answer.text().contains("detail"), answer::text);
      assertFalse(answer.text().contains("StackOverflowError"), answer::text);
    }
  }

  @Test
  default void aBodyThatIsTooLargeIsRefused() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    OpsEndpoint count =
        request -> {
          asked.incrementAndGet();
          return OpsResponse.text(200, Integer.toString(request.body().length));
        };
    int max = maxBodyBytes();
    try (RunningServer server = serve(OpsRoutes.of("/count", count))) {
      RawAnswer fits = post(server, max);
      assertEquals(200, fits.status());
      assertEquals(Integer.toString(max), fits.text());
      assertEquals(413, post(server, max + 1).status());
    }
    assertEquals(1, asked.get(), "the endpoint is not asked with a part of a body");
  }

  @Test
  default void manyAskAtTheSameTime() throws Exception {
    OpsRoutes routes =
        OpsRoutes.of("/echo", request -> OpsResponse.text(200, "" + request.query()));
    try (RunningServer server = serve(routes)) {
      Crowd.act(
          number -> {
            for (int i = 0; i < 10; i++) {
              String query = number + "-" + i;
              assertEquals(query, RawAnswer.to(server, "GET /echo?" + query, "", "").text());
            }
          });
    }
  }

  private static RawAnswer post(RunningServer server, int length) throws Exception {
    return RawAnswer.to(
        server, "POST /count", "Content-Length: " + length + "\r\n", "x".repeat(length));
  }
}
