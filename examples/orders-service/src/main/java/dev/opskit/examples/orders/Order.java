package dev.opskit.examples.orders;

import dev.opskit.core.json.JsonWriter;
import java.math.BigDecimal;
import java.time.Instant;

/** An order as it is kept. */
record Order(long id, String item, int quantity, BigDecimal amount, Instant placedAt) {

  JsonWriter writeTo(JsonWriter json) {
    return json.beginObject()
        .name("id")
        .value(id)
        .name("item")
        .value(item)
        .name("quantity")
        .value(quantity)
        .name("amount")
        .scalar(amount)
        .name("placedAt")
        .value(placedAt.toString())
        .endObject();
  }
}
