package dev.opskit.examples.orders.story;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Customers order over HTTP; one order is refused and one fails on purpose. */
final class OrdersChapter {
  static final int PLACED = 40;
  static final String TRACED_ID = "story-order-0001";
  static final String FAILED_ID = "story-payment-failed";
  private static final List<String> ITEMS = List.of("teapot", "kettle", "saucer", "spoon");

  private final Browser shop;

  OrdersChapter(Browser shop) {
    this.shop = shop;
  }

  void tell(Narrator narrator) {
    narrator.chapter("Orders come in over HTTP");
    List<Long> micros = new ArrayList<>();
    int created = 0;
    for (int i = 1; i <= PLACED; i++) {
      String order =
          "{\"item\":\"%s\",\"quantity\":%d,\"amount\":%d.90}"
              .formatted(ITEMS.get(i % ITEMS.size()), 1 + i % 3, 5 + i);
      long start = System.nanoTime();
      HttpResponse<String> response =
          shop.post("/orders", order, i == 1 ? TRACED_ID : "story-order-" + i);
      micros.add((System.nanoTime() - start) / 1000);
      created += response.statusCode() == 201 ? 1 : 0;
    }
    Collections.sort(micros);
    narrator.expect(
        created == PLACED,
        "%d of %d orders placed, median %.1f ms, slowest %.1f ms",
        created,
        PLACED,
        micros.get(PLACED / 2) / 1000.0,
        micros.get(PLACED - 1) / 1000.0);

    HttpResponse<String> refused =
        shop.post("/orders", "{\"item\":\"\",\"quantity\":0,\"amount\":-1}", "story-refused");
    narrator.expect(
        refused.statusCode() == 400,
        "an order that makes no sense is refused: %s",
        answer(refused));

    HttpResponse<String> failed =
        shop.post("/orders", "{\"item\":\"gift card\",\"quantity\":1,\"amount\":25}", FAILED_ID);
    narrator.expect(
        failed.statusCode() == 502, "an order whose payment fails on purpose: %s", answer(failed));

    HttpResponse<String> shown = shop.get("/orders/1");
    narrator.expect(shown.statusCode() == 200, "GET /orders/1 gives %s", shown.body());
    narrator.expect(
        shop.get("/orders").statusCode() == 200 && shop.get("/orders/99999").statusCode() == 404,
        "GET /orders lists the newest, an unknown order is a 404");
  }

  private static String answer(HttpResponse<String> response) {
    return response.statusCode() + " " + response.body();
  }
}
