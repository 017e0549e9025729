package dev.opskit.examples.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.json.JsonWriter;
import dev.opskit.examples.orders.Payments.PaymentFailedException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /orders}, {@code GET /orders}, <code>GET /orders/{id}</code>. */
final class OrdersHandler implements HttpHandler {
  private static final Logger logger = LoggerFactory.getLogger(OrdersHandler.class);
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final int LISTED = 50;

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Whoever orders one and a half of something does not want one.
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();
  private final Checkout checkout;
  private final OrderStore store;

  OrdersHandler(Checkout checkout, OrderStore store) {
    this.checkout = checkout;
    this.store = store;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      OpsResponse response = answer(exchange);
      response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(response.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(response.status(), response.body().length);
      exchange.getResponseBody().write(response.body());
    }
  }

  private OpsResponse answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try {
      if (path.equals("/orders")) {
        return switch (exchange.getRequestMethod()) {
          case "POST" -> place(exchange);
          case "GET" -> list();
          default -> OpsResponse.methodNotAllowed("GET, POST");
        };
      }
      if (!path.startsWith("/orders/")) {
        // The JDK's server takes a context for a prefix of the text, not of the path.
        return OpsResponse.error(404, "nothing is here");
      }
      return exchange.getRequestMethod().equals("GET")
          ? show(path.substring("/orders/".length()))
          : OpsResponse.methodNotAllowed("GET");
    } catch (SQLException e) {
      logger.error("the database did not answer", e);
      return OpsResponse.error(503, "the database does not answer, try again")
          .with("Retry-After", "5");
    }
  }

  private OpsResponse place(HttpExchange exchange) throws IOException, SQLException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      return OpsResponse.error(413, "an order has at most 16 KiB").with("Connection", "close");
    }
    NewOrder order;
    try {
      order = json.readValue(body, NewOrder.class);
    } catch (JsonProcessingException e) {
      return OpsResponse.error(400, "not an order: {\"item\":…,\"quantity\":…,\"amount\":…}");
    }
    if (order == null) {
      return OpsResponse.error(400, "the order is null");
    }
    try {
      Order placed = checkout.place(order);
      return OpsResponse.json(201, placed.writeTo(new JsonWriter()).toByteArray())
          .with("Location", "/orders/" + placed.id());
    } catch (Checkout.RejectedException e) {
      return OpsResponse.error(400, e.getMessage());
    } catch (PaymentFailedException e) {
      return OpsResponse.error(502, "the payment failed, nothing was charged");
    }
  }

  private OpsResponse show(String id) throws SQLException {
    if (!id.matches("[0-9]{1,18}")) {
      return OpsResponse.error(404, "no such order");
    }
    Optional<Order> order = store.find(Long.parseLong(id));
    return order
        .map(found -> OpsResponse.json(200, found.writeTo(new JsonWriter()).toByteArray()))
        .orElseGet(() -> OpsResponse.error(404, "no such order"));
  }

  private OpsResponse list() throws SQLException {
    List<Order> orders = store.newest(LISTED);
    JsonWriter out = new JsonWriter().beginArray();
    orders.forEach(order -> order.writeTo(out));
    return OpsResponse.json(200, out.endArray().toByteArray());
  }
}
