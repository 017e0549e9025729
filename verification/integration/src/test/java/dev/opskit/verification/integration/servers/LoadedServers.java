package dev.opskit.verification.integration.servers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.core.instrument.Gauge;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogManager;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * Puts each server under load in a process of its own, in which scopes are watched. Prints a line
 * for each, and ends with 1 if one of them is not as it should be.
 */
final class LoadedServers {
  private static final int THREADS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicLong reports = new AtomicLong();

  private LoadedServers() {}

  public static void main(String[] arguments) throws Exception {
    boolean allFine = new LoadedServers().run(Duration.parse(arguments[0]), System.out);
    System.exit(allFine ? 0 : 1);
  }

  private boolean run(Duration each, PrintStream out) throws Exception {
    watchScopes();
    boolean allFine = true;
    for (Server kind : Server.values()) {
      try (Running server = kind.start()) {
        Map<String, Long> sent = load(server, each);
        Map<String, Long> counted = awaitCounted(server, sent);
        double active = awaitNoneActive(server);
        // What was left open is only told of once it is garbage.
        for (int i = 0; i < 3; i++) {
          System.gc();
          Thread.sleep(100);
        }
        boolean fine = sent.equals(counted) && active == 0 && reports.get() == 0;
        allFine &= fine;
        out.printf(
            "%s %s: sent %s, counted %s, active %s, scopes reported %s%n",
            fine ? "fine" : "WRONG", kind, sent, counted, active, reports);
      }
    }
    return allFine;
  }

  private void watchScopes() {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.opskit.core.correlation.ScopeWatch");
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.ERROR) {
              reports.incrementAndGet();
            }
          }
        };
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    // Each failing handler is an error with a stack trace, by us and by the container.
    LogManager.getLogManager().reset();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger("dev.opskit")).setLevel(Level.OFF);
    logger.setLevel(Level.ERROR);
  }

  private static Map<String, Long> load(Running server, Duration each) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Map<String, AtomicLong> sent = new ConcurrentHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    long start = System.nanoTime();
    List<Callable<Void>> work =
        IntStream.range(0, THREADS)
            .<Callable<Void>>mapToObj(
                number ->
                    () -> {
                      for (int i = number; System.nanoTime() - start < each.toNanos(); i++) {
                        String kind = server.kinds().get(i % server.kinds().size());
                        sent.computeIfAbsent(kind, first -> new AtomicLong()).incrementAndGet();
                        send(client, server.port(), "/" + kind + "/" + i);
                      }
                      return null;
                    })
            .toList();
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Map<String, Long> total = new TreeMap<>();
    sent.forEach((kind, count) -> total.put(kind, count.get()));
    return total;
  }

  private static void send(HttpClient client, int port, String path) throws Exception {
    client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.discarding());
  }

  /** An answer may be here before its end is counted. */
  private static Map<String, Long> awaitCounted(Running server, Map<String, Long> sent)
      throws Exception {
    long start = System.nanoTime();
    Map<String, Long> counted = counted(server);
    while (!counted.equals(sent) && System.nanoTime() - start < PATIENCE.toNanos()) {
      Thread.sleep(50);
      counted = counted(server);
    }
    return counted;
  }

  /** The last scrape may be under way still. */
  private static double awaitNoneActive(Running server) throws Exception {
    Gauge gauge = server.metrics().registry().get("active.connections").gauge();
    long start = System.nanoTime();
    while (gauge.value() != 0 && System.nanoTime() - start < PATIENCE.toNanos()) {
      Thread.sleep(50);
    }
    return gauge.value();
  }

  private static Map<String, Long> counted(Running server) throws Exception {
    Map<String, Long> counted = new TreeMap<>();
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.opsPort() + "/metrics"))
                .build(),
            HttpResponse.BodyHandlers.ofLines())
        .body()
        .filter(line -> line.startsWith("http_requests_total") && line.contains("/{id}"))
        .forEach(
            line ->
                counted.merge(
                    line.replaceAll(".*route=\"/([a-z]+)/.*", "$1"),
                    (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))),
                    Long::sum));
    return counted;
  }
}
