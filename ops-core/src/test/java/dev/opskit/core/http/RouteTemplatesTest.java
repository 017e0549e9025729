package dev.opskit.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTemplatesTest {
  private final RouteTemplates routes =
      RouteTemplates.of("/", "/orders", "/orders/new", "/orders/{id}", "/orders/{id}/items/{n}");

  @Test
  void aPathIsMatchedSegmentBySegment() {
    assertEquals("/", routes.match("/"));
    assertEquals("/orders", routes.match("/orders"));
    assertEquals("/orders/{id}", routes.match("/orders/42"));
    assertEquals("/orders/{id}", routes.match("/orders/a%2Fb"));
    assertEquals("/orders/{id}/items/{n}", routes.match("/orders/42/items/1"));
    for (String unknown :
        List.of(
            "", "*", "/x", "/orders/", "/orders//items/1", "/orders/1/items", "/Orders", "//")) {
      assertNull(routes.match(unknown), unknown);
    }
  }

  @Test
  void theFirstTemplateThatMatchesWins() {
    assertEquals("/orders/new", routes.match("/orders/new"));
    assertEquals("/{x}", RouteTemplates.of("/{x}", "/new").match("/new"));
  }

  @Test
  void aTemplateThatCouldNeverMatchIsRefused() {
    for (String bad : List.of("", "orders", "/orders/{id}.json", "/orders/{id", "/id}")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> RouteTemplates.of(bad));
      assertTrue(e.getMessage().contains("'" + bad + "'"), e.getMessage());
    }
  }

  @Test
  void theTemplatesAreKnownForMetricsToBeSetUp() {
    assertEquals(List.of("/b", "/a"), RouteTemplates.of("/b", "/a").templates());
  }
}
