package dev.opskit.verification.benchmarks;

import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What clients see of a peer behind an HTTP server. Bounded in time.
 *
 * @param clients how many probe at the same time
 * @param warmUp how long they probe before it counts
 * @param measured how long it counts
 * @param limit how long a client waits for an answer
 * @param patience how long a peer may take to be ready, and a hung check may go unnoticed
 */
record ProbeLoad(
    int clients, Duration warmUp, Duration measured, Duration limit, Duration patience) {
  private static final TimeSource TIME = TimeSource.system();
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * What becomes of probes once a check hangs.
   *
   * @param longest the longest time to an answer, null if one probe got none within the limit
   * @param untilNotReady from the hang to the first answer that says no, null if there was none
   */
  record WhileHung(@Nullable Duration longest, @Nullable Duration untilNotReady) {}

  /** Answers in a second, all clients together. Every one must say yes. */
  double perSecond(HealthPeer.Factory factory, List<Runnable> checks, boolean keepsConnections)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (HealthPeer peer = factory.with(checks);
        ProbeServer server = new ProbeServer(peer, clients)) {
      awaitReady(server.address());
      long from = TIME.nanoTime() + warmUp.toNanos();
      Callable<Long> client = () -> count(server.address(), keepsConnections, from);
      long answers = 0;
      for (Future<Long> counted : threads.invokeAll(Collections.nCopies(clients, client))) {
        answers += counted.get();
      }
      return answers * 1e9 / measured.toNanos();
    } finally {
      threads.shutdownNow();
    }
  }

  private long count(InetSocketAddress server, boolean keepsConnection, long from)
      throws IOException {
    long to = from + measured.toNanos();
    long answers = 0;
    try (ProbeClient client = new ProbeClient(server, limit, keepsConnection)) {
      for (long now = from - 1; now - to < 0; now = TIME.nanoTime()) {
        answers += now - from >= 0 ? 1 : 0;
        require(client.probe() == 200, "a peer under load was not ready");
      }
    }
    return answers;
  }

  /** Lets the last of the checks hang once all have worked, and probes on. */
  WhileHung whileHung(HealthPeer.Factory factory, int checkCount) throws IOException {
    AtomicBoolean hangs = new AtomicBoolean();
    CountDownLatch release = new CountDownLatch(1);
    List<Runnable> checks = new ArrayList<>(HealthPeer.checks(checkCount - 1, () -> {}));
    checks.add(
        () -> {
          while (hangs.get() && release.getCount() > 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
          }
        });
    try (HealthPeer peer = factory.with(checks);
        ProbeServer server = new ProbeServer(peer, clients)) {
      awaitReady(server.address());
      hangs.set(true);
      return probeOn(server.address());
    } finally {
      release.countDown();
    }
  }

  private WhileHung probeOn(InetSocketAddress server) throws IOException {
    long start = TIME.nanoTime();
    long longest = 0;
    try (ProbeClient client = new ProbeClient(server, limit, true)) {
      while (TIME.nanoTime() - start < patience.toNanos()) {
        long asked = TIME.nanoTime();
        int status = client.probe();
        long answered = TIME.nanoTime();
        longest = Math.max(longest, answered - asked);
        if (status != 200) {
          return new WhileHung(Duration.ofNanos(longest), Duration.ofNanos(answered - start));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (SocketTimeoutException noAnswer) {
      return new WhileHung(null, null);
    }
    return new WhileHung(Duration.ofNanos(longest), null);
  }

  private void awaitReady(InetSocketAddress server) throws IOException {
    long start = TIME.nanoTime();
    // The first answer of a library takes long: its classes are loaded for it.
    try (ProbeClient client = new ProbeClient(server, patience, true)) {
      while (client.probe() != 200) {
        require(TIME.nanoTime() - start < patience.toNanos(), "a peer was not ready in time");
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
