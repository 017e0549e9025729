package dev.opskit.examples.orders;

import dev.opskit.examples.orders.story.Story;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the service. With {@code ORDERS_DB_HOST} set it serves with the settings of the
 * environment, or with {@code --backup} takes one proven backup and ends; without, it acts out its
 * story on embedded defaults first, and with {@code --exit} ends after it, with status 0 if every
 * step was what it should be.
 */
public final class Main {
  private Main() {}

  /**
   * The entry point.
   *
   * @param arguments nothing, {@code --exit} or {@code --backup}
   * @throws Exception if the service cannot start
   */
  public static void main(String[] arguments) throws Exception {
    boolean exit = List.of(arguments).equals(List.of("--exit"));
    boolean backup = List.of(arguments).equals(List.of("--backup"));
    if (arguments.length > 0 && !exit && !backup) {
      System.err.println("unknown arguments: " + String.join(" ", arguments));
      System.err.println(
          "usage: nothing, --exit to end after the story, --backup to take a backup");
      System.exit(2);
    }
    configureHttp();
    Settings settings = Settings.from(System.getenv());
    if (settings == null && backup) {
      System.err.println("--backup needs ORDERS_DB_HOST");
      System.exit(2);
    }
    if (settings == null) {
      System.exit(Story.run(System.out, exit));
    }
    if (backup) {
      BackupJob.run(settings);
      return;
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
