package dev.opskit.examples.orders.story;

import dev.opskit.examples.orders.OrdersService;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What an orchestrator sees while the database is up, frozen, and up again. */
final class ProbesChapter {
  private final Browser management;
  private final Browser shop;
  private final LocalPostgres postgres;

  ProbesChapter(Browser management, Browser shop, LocalPostgres postgres) {
    this.management = management;
    this.shop = shop;
    this.postgres = postgres;
  }

  void tell(Narrator narrator) {
    narrator.chapter("Probes, while the database is up and while it is frozen");
    narrator.expect(status("/health") == 200, "GET /health answers 200: the process is alive");
    narrator.expect(
        awaitReady(200, OrdersService.DATABASE_RECOVERY_BOUND),
        "GET /ready answers 200: it can serve");

    postgres.freeze();
    narrator.say("The database is stopped in its tracks (SIGSTOP): it accepts, and never answers.");
    long frozen = System.nanoTime();
    boolean noticed = awaitReady(503, OrdersService.DATABASE_DETECTION_BOUND);
    narrator.expect(
        noticed,
        "GET /ready turned 503 after %.1f s; the stated bound is %.1f s",
        seconds(frozen),
        OrdersService.DATABASE_DETECTION_BOUND.toMillis() / 1000.0);
    narrator.quote(management.get("/ready").body());
    narrator.expect(status("/health") == 200, "GET /health still answers 200: do not restart it");

    long asked = System.nanoTime();
    HttpResponse<String> order =
        shop.post("/orders", "{\"item\":\"kettle\",\"quantity\":1,\"amount\":30}", "story-frozen");
    narrator.expect(
        order.statusCode() == 503,
        "an order in the meantime does not hang: %d after %.1f s",
        order.statusCode(),
        seconds(asked));

    postgres.thaw();
    long thawed = System.nanoTime();
    narrator.expect(
        awaitReady(200, OrdersService.DATABASE_RECOVERY_BOUND),
        "the database goes on, GET /ready is 200 after %.1f s",
        seconds(thawed));
  }

  private boolean awaitReady(int wanted, Duration bound) {
    return Patience.until(bound, () -> status("/ready") == wanted);
  }

  private int status(String path) {
    return management.get(path).statusCode();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
