package dev.opskit.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpsResponseTest {

  @Test
  void aStatusIsOneThatEndsAnExchange() {
    for (int bad : new int[] {-1, 0, 100, 199, 600}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> OpsResponse.text(bad, ""));
      assertTrue(e.getMessage().contains("status is " + bad), e.getMessage());
    }
    assertEquals(200, OpsResponse.text(200, "").status());
    assertEquals(599, OpsResponse.text(599, "").status());
  }

  @Test
  void anErrorIsJsonWhateverItSays() {
    OpsResponse response = OpsResponse.error(418, "\"quoted\"\n");
    assertEquals(
        "{\"error\":\"\\\"quoted\\\"\\n\"}", new String(response.body(), StandardCharsets.UTF_8));
    assertEquals("application/json", response.headers().get("Content-Type"));
    assertEquals("no-store", response.headers().get("Cache-Control"));
  }

  @Test
  void aRefusedMethodNamesThoseThatAreAllowed() {
    OpsResponse response = OpsResponse.methodNotAllowed("GET, HEAD");
    assertEquals(405, response.status());
    assertEquals("GET, HEAD", response.headers().get("Allow"));
  }

  @Test
  void aHeaderIsAddedToACopy() {
    OpsResponse plain = new OpsResponse(200, Map.of("A", "1"), new byte[0]);
    assertEquals(Map.of("A", "2", "B", "3"), plain.with("A", "2").with("B", "3").headers());
    assertEquals(Map.of("A", "1"), plain.headers());
  }
}
