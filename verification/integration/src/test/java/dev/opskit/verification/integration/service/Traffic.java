package dev.opskit.verification.integration.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Customers who keep ordering and an orchestrator that keeps probing, all at once. Every answer is
 * remembered. Thread-safe; whoever starts it closes it.
 */
final class Traffic implements AutoCloseable {
  static final String ORDERS = "/orders";
  static final String HEALTH = "/health";
  static final String READY = "/ready";

  /** What never came to an end by then has hung. */
  private static final Duration HUNG = Duration.ofSeconds(60);

  private static final int CUSTOMERS = 8;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** One request; status 0 stands for no answer. */
  record Sample(String what, int status, String body, long startNanos, long endNanos) {
    Duration took() {
      return Duration.ofNanos(endNanos - startNanos);
    }
  }

  private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int port;
  private final CountDownLatch stop = new CountDownLatch(1);

  Traffic(int port, int managementPort) {
    this.port = port;
    for (int i = 0; i < CUSTOMERS; i++) {
      keepAsking(port, ORDERS, "{\"item\":\"teapot\",\"quantity\":1,\"amount\":9.5}", 5);
    }
    keepAsking(managementPort, HEALTH, null, 20);
    keepAsking(managementPort, READY, null, 20);
  }

  static HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address)).timeout(HUNG).build(), BodyHandlers.ofString());
  }

  private void keepAsking(int port, String path, String body, long pauseMillis) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(HUNG);
    HttpRequest built =
        body == null ? request.build() : request.POST(BodyPublishers.ofString(body)).build();
    threads.execute(
        () -> {
          try {
            do {
              samples.add(ask(path, built));
            } while (!stop.await(pauseMillis, TimeUnit.MILLISECONDS));
          } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static Sample ask(String what, HttpRequest request) throws InterruptedException {
    long start = System.nanoTime();
    try {
      HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
      return new Sample(what, response.statusCode(), response.body(), start, System.nanoTime());
    } catch (IOException e) {
      return new Sample(what, 0, e.toString(), start, System.nanoTime());
    }
  }

  int port() {
    return port;
  }

  static Duration slowest(List<Sample> samples) {
    return samples.stream().map(Sample::took).max(Comparator.naturalOrder()).orElseThrow();
  }

  List<Sample> of(String what) {
    return samples.stream().filter(sample -> sample.what().equals(what)).toList();
  }

  List<Sample> probes() {
    return samples.stream().filter(sample -> !sample.what().equals(ORDERS)).toList();
  }

  /** The first answer to a request that began after that moment and is what is waited for. */
  Sample await(String what, long afterNanos, Duration bound, Predicate<Sample> wanted)
      throws InterruptedException {
    while (true) {
      for (Sample sample : of(what)) {
        if (sample.startNanos() - afterNanos >= 0 && wanted.test(sample)) {
          return sample;
        }
      }
      if (System.nanoTime() - afterNanos > bound.toNanos()) {
        List<Sample> all = of(what);
        throw new AssertionError(
            what + " was not within " + bound + ": " + all.subList(all.size() - 3, all.size()));
      }
      stop.await(10, TimeUnit.MILLISECONDS);
    }
  }

  /** Lets everybody finish what they have begun. */
  void end() throws InterruptedException {
    stop.countDown();
    threads.shutdown();
    if (!threads.awaitTermination(HUNG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("somebody never got an answer");
    }
  }

  @Override
  public void close() {
    stop.countDown();
    threads.shutdownNow();
  }
}
