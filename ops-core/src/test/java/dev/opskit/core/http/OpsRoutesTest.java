package dev.opskit.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpsRoutesTest {
  private static final OpsEndpoint NULL =
      request -> {
        return null;
      };

  @Test
  void aPathIsMatchedExactly() {
    OpsRoutes routes = OpsRoutes.of("/health", says("health")).and("/ready", says("ready"));
    assertEquals("health", answer(routes, "/health"));
    assertEquals("ready", answer(routes, "/ready"));
    for (String unknown : List.of("/", "/healthy", "/health/", "/HEALTH", "health", "*", "")) {
      assertEquals(404, routes.handle(OpsRequest.get(unknown)).status(), unknown);
    }
  }

  @Test
  void aWildcardMatchesWhatIsBelowItAndTheLongestWins() {
    OpsRoutes routes =
        OpsRoutes.of("/*", says("all"))
            .and("/a/b/*", says("long"))
            .and("/a/*", says("short"))
            .and("/a/exact", says("exact"));
    assertEquals("all", answer(routes, "/"));
    assertEquals("all", answer(routes, "/a"));
    assertEquals("short", answer(routes, "/a/"));
    assertEquals("short", answer(routes, "/a/x/y"));
    assertEquals("exact", answer(routes, "/a/exact"));
    assertEquals("short", answer(routes, "/a/b"));
    assertEquals("long", answer(routes, "/a/b/c"));
    assertEquals("all", answer(routes, "/ab/c"));
  }

  @Test
  void aWildcardDoesNotReachBesideItself() {
    OpsRoutes routes = OpsRoutes.of("/a/*", says("below"));
    assertEquals(404, routes.handle(OpsRequest.get("/a")).status());
    assertEquals(404, routes.handle(OpsRequest.get("/ab/c")).status());
    assertEquals(404, routes.handle(OpsRequest.get("/")).status());
  }

  @Test
  void whateverAnEndpointThrowsThereIsAnAnswerThatTellsNoDetails() {
    assertFails(
        500,
        request -> {
          throw new IOException("s3cr3t");
        });
    assertFails(
        500,
        request -> {
          throw new NoClassDefFoundError("s3cr3t");
        });
    assertFails(500, request -> recurse(1));
    assertFails(500, NULL);
    assertFails(
        400,
        request -> {
          throw new IllegalArgumentException("s3cr3t");
        });
  }

  @Test
  void aPathIsMountedOnceAndBeginsWithASlash() {
    OpsRoutes routes = OpsRoutes.of("/a", says("a"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> routes.and("/a", says("b")))
            .getMessage();
    assertTrue(message.contains("'/a'"), message);
    assertThrows(IllegalArgumentException.class, () -> routes.and(routes));
    assertThrows(IllegalArgumentException.class, () -> routes.and("b", says("b")));
    assertThrows(IllegalArgumentException.class, () -> OpsRoutes.of("", says("b")));
  }

  @Test
  void routesAreJoinedInOrderAndNeverChanged() {
    OpsRoutes one = OpsRoutes.of("/b", says("b"));
    OpsRoutes all = one.and(OpsRoutes.of("/c", says("c")).and("/a", says("a")));
    assertEquals(List.of("/b", "/c", "/a"), List.copyOf(all.paths()));
    assertEquals(List.of("/b"), List.copyOf(one.paths()));
    assertThrows(UnsupportedOperationException.class, () -> all.paths().clear());
  }

  private static void assertFails(int status, OpsEndpoint endpoint) {
    OpsResponse response = OpsRoutes.of("/x", endpoint).handle(OpsRequest.get("/x"));
    assertEquals(status, response.status());
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertTrue(body.startsWith("{\"error\":\""), body);
    assertFalse(body.contains("s3cr3t") || body.contains("Exception"), body);
  }

  private static OpsResponse recurse(int depth) {
    return depth == 0 ? OpsResponse.text(200, "") : recurse(depth + 1);
  }

  private static OpsEndpoint says(String text) {
    return request -> OpsResponse.text(200, text);
  }

  private static String answer(OpsRoutes routes, String path) {
    return new String(routes.handle(OpsRequest.get(path)).body(), StandardCharsets.UTF_8);
  }
}
