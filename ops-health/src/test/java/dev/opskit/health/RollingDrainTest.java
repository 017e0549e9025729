package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.http.jdk.JdkEndpointHandler;
import dev.opskit.core.http.jdk.JdkRequestFilter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances are replaced one after the other under load, behind a balancer that asks /ready. */
@Tag("once")
@Timeout(120)
class RollingDrainTest {
  private static final int ROLLS = 20;
  private static final int CLIENTS = 8;
  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final int THRESHOLD = 2;
  private static final Duration BALANCER = PERIOD.multipliedBy(THRESHOLD).plusMillis(500);

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final List<Instance> known = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  private static final class Instance {
    private final Health health = Health.builder().start();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int failures = THRESHOLD;

    Instance() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
      server.setExecutor(threads);
      server.createContext("/", new JdkEndpointHandler(HealthEndpoints.of(health)));
      server
          .createContext(
              "/work",
              exchange -> {
                pause(ThreadLocalRandom.current().nextInt(5, 30));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
              })
          .getFilters()
          .add(JdkRequestFilter.of(RouteTemplates.of("/work"), health.drain().requests()));
      server.start();
    }

    int get(String path) {
      try {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(2_000);
        return connection.getResponseCode();
      } catch (IOException e) {
        return 0;
      }
    }

    void probe() {
      failures = get("/ready") == 200 ? 0 : failures + 1;
    }

    boolean inRotation() {
      return failures < THRESHOLD;
    }

    void stop() {
      server.stop(0);
      threads.shutdownNow();
      health.close();
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void balance() {
    while (!over) {
      known.forEach(Instance::probe);
      pause(PERIOD.toMillis());
    }
  }

  private void load() {
    while (!over) {
      List<Instance> rotation = known.stream().filter(Instance::inRotation).toList();
      if (rotation.isEmpty()) {
        pause(1);
        continue;
      }
      Instance one = rotation.get(ThreadLocalRandom.current().nextInt(rotation.size()));
      sent.incrementAndGet();
      if (one.get("/work") != 200) {
        failed.incrementAndGet();
      }
    }
  }

  private void roll(boolean withDrain) throws Exception {
    known.add(new Instance());
    known.add(new Instance());
    ExecutorService threads = Executors.newCachedThreadPool();
    threads.execute(this::balance);
    for (int i = 0; i < CLIENTS; i++) {
      threads.execute(this::load);
    }
    for (int i = 0; i < ROLLS; i++) {
      Instance next = new Instance();
      known.add(next);
      while (!next.inRotation()) {
        pause(5);
      }
      Instance old = known.get(0);
      if (withDrain) {
        assertTrue(old.health.drain().await(BALANCER, Duration.ofSeconds(10)));
      }
      old.stop();
      pause(PERIOD.multipliedBy(THRESHOLD + 2).toMillis());
      known.remove(old);
    }
    over = true;
    threads.shutdown();
    assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
    known.forEach(Instance::stop);
  }

  @Test
  void twentyRollsWithDrainLoseNoRequest() throws Exception {
    roll(true);
    assertTrue(sent.get() > 1_000, "too little load to tell: " + sent);
    assertEquals(0, failed.get(), "of " + sent);
  }

  @Test
  void theSameWithoutDrainLosesSome() throws Exception {
    roll(false);
    assertTrue(failed.get() > 0, "the load must be able to notice: 0 of " + sent);
  }
}
