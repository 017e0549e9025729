package dev.opskit.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpsRequestTest {

  @Test
  void headersAreFoundInAnyCase() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("X-Token", new ArrayList<>(List.of("a")));
    headers.put("x-TOKEN", List.of("b"));
    headers.put("Empty", List.of());
    OpsRequest request = request(null, headers);
    assertEquals("a", request.header("x-token"));
    assertEquals(List.of("a", "b"), request.headers().get("x-token"));
    assertNull(request.header("empty"));
    assertNull(request.header("absent"));
    headers.get("X-Token").set(0, "changed");
    assertEquals("a", request.header("X-TOKEN"));
  }

  @Test
  void parametersAreDecodedAndKeepTheirOrder() {
    OpsRequest request = request("a=1&b=%C3%A4+%26&a=&a&%61=2=3", Map.of());
    assertEquals(List.of("1", "", "", "2=3"), request.queryParameter("a"));
    assertEquals(List.of("\u00e4 &"), request.queryParameter("b"));
    assertEquals(List.of(), request.queryParameter("c"));
    assertEquals(List.of(), OpsRequest.get("/").queryParameter("a"));
  }

  @Test
  void everyOneOfManyParametersIsFound() {
    assertEquals(5_000, request("a=1&".repeat(5_000), Map.of()).queryParameter("a").size());
  }

  @Test
  void aQueryThatIsNotWellFormedIsTheCallersFault() {
    OpsRequest request = request("a=%zz", Map.of());
    assertThrows(IllegalArgumentException.class, () -> request.queryParameter("a"));
    assertEquals(
        400,
        OpsRoutes.of("/", r -> OpsResponse.text(200, "" + r.queryParameter("a")))
            .handle(request)
            .status());
  }

  private static OpsRequest request(@Nullable String query, Map<String, List<String>> headers) {
    return new OpsRequest("GET", "/", query, headers, new byte[0], null);
  }
}
