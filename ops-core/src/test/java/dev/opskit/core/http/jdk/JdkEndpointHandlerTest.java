package dev.opskit.core.http.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints on a server that is the host's own and runs everything on one thread. */
@Timeout(60)
class JdkEndpointHandlerTest {
  private static final OpsEndpoint ECHO =
      request ->
          request.method().equals("PUT")
              ? OpsResponse.methodNotAllowed("GET, HEAD, POST")
              : new OpsResponse(200, Map.of("X-Path", request.path()), request.body());

  private final AtomicReference<OpsRequest> last = new AtomicReference<>();
  private HttpServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    OpsRoutes routes =
        OpsRoutes.of("/echo", ECHO)
            .and("/text", request -> OpsResponse.text(200, "twelve bytes"))
            .and("/huge", request -> new OpsResponse(200, Map.of(), new byte[3_000_000]))
            .and("/nothing", request -> new OpsResponse(204, Map.of(), new byte[5]))
            .and(
                "/keep",
                request -> {
                  last.set(request);
                  return OpsResponse.text(200, "");
                })
            .and(
                "/error",
                request -> {
                  throw new StackOverflowError("expected");
                });
    server.createContext("/", new JdkEndpointHandler(routes));
    server.start();
    client = new RawClient(server.getAddress().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.stop(0);
  }

  @Test
  void aConnectionServesOneAnswerAfterAnother() throws IOException {
    assertStatus(200, "GET /text HTTP/1.1\r\n\r\n");
    assertStatus(404, "GET /unknown HTTP/1.1\r\n\r\n");
    assertStatus(405, "PUT /echo HTTP/1.1\r\n\r\n");
    assertStatus(500, "GET /error HTTP/1.1\r\n\r\n");
    assertStatus(204, "GET /nothing HTTP/1.1\r\n\r\n");
    assertStatus(200, "POST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
    assertStatus(404, "POST /unknown HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
    assertTrue(client.send("GET /text HTTP/1.1\r\n\r\n").answer().endsWith("twelve bytes"));
  }

  @Test
  void theAnswerToHeadIsThatToGetWithoutItsBody() throws IOException {
    String head = client.send("HEAD /text HTTP/1.1\r\n\r\n").head();
    assertTrue(head.startsWith("HTTP/1.1 200 "), head);
    assertTrue(head.toLowerCase().contains("\r\ncontent-length: 12\r\n"), head);
    assertStatus(404, "GET /unknown HTTP/1.1\r\n\r\n");
  }

  @Test
  void aHugeAnswerArrivesWhole() throws IOException {
    String answer = client.send("GET /huge HTTP/1.1\r\n\r\n").answer();
    assertEquals(3_000_000, answer.substring(answer.indexOf("\r\n\r\n") + 4).length());
  }

  @Test
  void anEndpointSeesTheRequestAsItCame() throws Exception {
    assertStatus(
        200,
        "POST /k%65ep?a=%20b&c HTTP/1.1\r\nX-Two: 1\r\nX-Two: 2\r\nContent-Length: 2\r\n\r\nhi");
    OpsRequest request = last.get();
    assertEquals("POST", request.method());
    assertEquals("/keep", request.path());
    assertEquals("a=%20b&c", request.query());
    assertEquals(2, request.headers().get("x-two").size());
    assertEquals("hi", new String(request.body(), "US-ASCII"));
    assertEquals(InetAddress.getByName("127.0.0.1"), request.remote());
  }

  @Test
  void anOversizePathIsRefused() throws IOException {
    assertStatus(404, "GET /" + "x".repeat(8 * 1024 - 1) + " HTTP/1.1\r\n\r\n");
    assertRefused(414, "GET /" + "x".repeat(8 * 1024) + " HTTP/1.1\r\n\r\n");
  }

  @Test
  void oversizeHeadersAreRefused() throws IOException {
    assertStatus(200, "GET /text HTTP/1.1\r\nX: " + "x".repeat(16 * 1024 - 1) + "\r\n\r\n");
    assertRefused(431, "GET /text HTTP/1.1\r\nX: " + "x".repeat(16 * 1024) + "\r\n\r\n");
  }

  @Test
  void anOversizeBodyIsRefused() throws IOException {
    int max = 64 * 1024;
    assertStatus(
        200, "POST /echo HTTP/1.1\r\nContent-Length: " + max + "\r\n\r\n" + "x".repeat(max));
    assertRefused(
        413,
        "POST /echo HTTP/1.1\r\nContent-Length: " + (max + 1) + "\r\n\r\n" + "x".repeat(max + 1));
  }

  private void assertStatus(int status, String request) throws IOException {
    String answer = client.send(request).answer();
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  private void assertRefused(int status, String request) throws IOException {
    String answer = client.send(request).rest();
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    assertFalse(answer.contains("xxx"), answer);
  }
}
