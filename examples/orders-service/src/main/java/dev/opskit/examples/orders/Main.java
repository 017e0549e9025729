package dev.opskit.examples.orders;

import dev.opskit.examples.orders.story.Story;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the service. With {@code ORDERS_DB_HOST} set it serves with the settings of the
 * environment; without, it acts out its story on embedded defaults first, and with {@code --exit}
 * ends after it, with status 0 if every step was what it should be.
 */
public final class Main {
  private Main() {}

  /**
   * The entry point.
   *
   * @param arguments nothing, or {@code --exit}
   * @throws Exception if the service cannot start
   */
  public static void main(String[] arguments) throws Exception {
    boolean exit = List.of(arguments).equals(List.of("--exit"));
    if (arguments.length > 0 && !exit) {
      System.err.println("unknown arguments: " + String.join(" ", arguments));
      System.err.println("usage: nothing, or --exit to end after the story");
      System.exit(2);
    }
    configureHttp();
    Settings settings = Settings.from(System.getenv());
    if (settings == null) {
      System.exit(Story.run(System.out, exit));
    }
    OrdersService service = OrdersService.start(settings);
    service.closeOnShutdown(settings.drain());
    new CountDownLatch(1).await();
  }

  /** The JDK's HTTP server reads these when its first instance is made, for all of them. */
  private static void configureHttp() {
    // It sends an answer in two packets; with Nagle's algorithm that costs 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Seconds; without them a client that sends or reads too slowly keeps its thread for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "20");
  }
}
