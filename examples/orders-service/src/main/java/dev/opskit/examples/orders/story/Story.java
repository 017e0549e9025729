package dev.opskit.examples.orders.story;

import dev.opskit.examples.orders.OrdersService;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** The whole day, from the start of the service to the addresses to look at. */
public final class Story {
  private Story() {}

  /**
   * Acts the story out and tells it.
   *
   * @param out where to
   * @param exit whether to end after it; otherwise the service stays up until the process is
   *     stopped
   * @return 0 if every step was what it should be, else 1
   * @throws Exception if the service cannot start at all
   */
  public static int run(PrintStream out, boolean exit) throws Exception {
    long start = System.nanoTime();
    Narrator narrator = new Narrator(out);
    narrator.title("A short day of orders-service");
    try (Sandbox sandbox = Sandbox.create()) {
      // Also after Ctrl-C in the middle of it, and if PostgreSQL is only just starting.
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-shutdown"));
      // Logback reads these when the first logger is asked for: the story's lines stay readable.
      System.setProperty("LOG_FOLDER", sandbox.folder().resolve("logs").toString());
      System.setProperty("LOG_CONSOLE_LEVEL", "OFF");
      OrdersService service = sandbox.start();
      tell(narrator, sandbox, service);
      out.println();
      out.printf(
          "The day took %.1f s; %s%n",
          (System.nanoTime() - start) / 1e9,
          narrator.failures() == 0
              ? "every step was what it should be."
              : narrator.failures() + " steps were NOT what they should be.");
      if (!exit) {
        stayUp(out, service);
      }
    }
    return narrator.status();
  }

  private static void tell(Narrator narrator, Sandbox sandbox, OrdersService service) {
    Browser shop = new Browser(service.port());
    Browser management = new Browser(service.managementPort());
    narrator.say(
        "PostgreSQL: %s, port %d", sandbox.postgres().description(), sandbox.postgres().port());
    narrator.say("Everything of this run is below %s", sandbox.folder());
    narrator.attempt(() -> new OrdersChapter(shop).tell(narrator));
    narrator.attempt(() -> new LogChapter(sandbox).tell(narrator));
    narrator.attempt(() -> new SecretChapter(sandbox, shop).tell(narrator));
    narrator.attempt(() -> new ProbesChapter(management, shop, sandbox.postgres()).tell(narrator));
    narrator.attempt(
        () ->
            new BackupChapter(sandbox, service.backups(), service.health().maintenance(), shop)
                .tell(narrator));
    narrator.attempt(() -> new MetricsChapter(management).tell(narrator));
  }

  private static void stayUp(PrintStream out, OrdersService service) throws InterruptedException {
    Browser shop = new Browser(service.port());
    Browser management = new Browser(service.managementPort());
    out.println("The service stays up; Ctrl-C ends it and removes everything.");
    out.println("   orders    " + shop.address("/orders"));
    for (String path : service.managementPaths()) {
      if (!path.endsWith("*")) {
        out.println("   ops       " + management.address(path));
      }
    }
    new CountDownLatch(1).await();
  }
}
