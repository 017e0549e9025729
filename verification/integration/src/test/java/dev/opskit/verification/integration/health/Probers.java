package dev.opskit.verification.integration.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Many probers at once, each as the kubelet asks: one connection a probe, 200 or 503 wanted. */
final class Probers {
  private static final int LIMIT_MILLIS = 5_000;

  private Probers() {}

  /**
   * What they saw.
   *
   * @param nanos how long each answer took, sorted
   * @param unanswered probes without a status within five seconds, or with a wrong one
   * @param example of such a probe
   */
  record Seen(long[] nanos, int unanswered, @Nullable String example) {
    double millis(double quantile) {
      return nanos[(int) Math.min(nanos.length - 1, (long) (nanos.length * quantile))] / 1e6;
    }

    @Override
    public String toString() {
      return "%,d answers, %d unanswered, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, worst %.1f ms"
          .formatted(nanos.length, unanswered, millis(.5), millis(.99), millis(.999), millis(1));
    }
  }

  /**
   * Asks.
   *
   * @param count how many at once; every second asks /health, which must be 200
   * @param pause of each between two probes; the first ones are spread over it
   */
  static Seen ask(int port, int count, Duration duration, Duration pause) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      long end = System.nanoTime() + duration.toNanos();
      List<Future<One>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        One one = new One(port, i % 2 == 0 ? "/ready" : "/health");
        long phase = pause.toNanos() * i / count;
        all.add(
            threads.submit(
                () -> {
                  LockSupport.parkNanos(phase);
                  while (System.nanoTime() < end) {
                    one.probe();
                    LockSupport.parkNanos(pause.toNanos());
                  }
                  return one;
                }));
      }
      List<Long> nanos = new ArrayList<>();
      int unanswered = 0;
      String example = null;
      for (Future<One> future : all) {
        One one = future.get(duration.toSeconds() + 30, TimeUnit.SECONDS);
        nanos.addAll(one.nanos);
        unanswered += one.unanswered;
        example = one.example == null ? example : one.example;
      }
      long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      return new Seen(sorted, unanswered, example);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The status of one answer; 0 if there is none. */
  static int status(int port, String path) {
    try {
      return get(port, path);
    } catch (IOException e) {
      return 0;
    }
  }

  private static int get(int port, String path) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] buffer = new byte[16 * 1024];
      InputStream in = socket.getInputStream();
      int length = in.readNBytes(buffer, 0, buffer.length);
      String head = new String(buffer, 0, Math.min(12, length), StandardCharsets.US_ASCII);
      if (!head.startsWith("HTTP/1.1 ") || length == buffer.length) {
        throw new IOException("no whole answer but " + length + " bytes: " + head);
      }
      return Integer.parseInt(head.substring(9));
    }
  }

  private static final class One {
    private final int port;
    private final String path;
    private final List<Long> nanos = new ArrayList<>();
    private int unanswered;
    private @Nullable String example;

    One(int port, String path) {
      this.port = port;
      this.path = path;
    }

    void probe() {
      long start = System.nanoTime();
      try {
        int status = get(port, path);
        boolean fits = status == 200 || status == 503 && path.equals("/ready");
        fail(fits ? null : path + " answered " + status);
      } catch (IOException e) {
        fail(path + ": " + e);
      }
      nanos.add(System.nanoTime() - start);
    }

    private void fail(@Nullable String why) {
      if (why != null) {
        unanswered++;
        example = why;
      }
    }
  }
}
