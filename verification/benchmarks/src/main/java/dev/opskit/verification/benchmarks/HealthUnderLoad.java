package dev.opskit.verification.benchmarks;

import dev.opskit.core.time.TimeSource;
import dev.opskit.verification.benchmarks.ProbeLoad.WhileHung;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Probes peers over the same HTTP server from four clients, with ten checks that take 5 ms each,
 * with ten that take no time, and with one that hangs; then asks for ten checks of 200 ms on
 * demand. Prints a table; takes about a minute and a half and never leaves the loopback address.
 */
public final class HealthUnderLoad {
  private static final int CHECKS = 10;
  private static final int ROUNDS = 7;
  private static final Duration WORK = Duration.ofMillis(5);
  private static final Duration SLOW_WORK = Duration.ofMillis(200);
  private static final TimeSource TIME = TimeSource.system();

  private final ProbeLoad load;
  private final PrintStream out;

  HealthUnderLoad(ProbeLoad load, PrintStream out) {
    this.load = load;
    this.out = out;
  }

  /**
   * Measures everything once.
   *
   * @param arguments none
   * @throws Exception if a peer does not answer as it should
   */
  public static void main(String[] arguments) throws Exception {
    Duration limit = Duration.ofSeconds(3);
    Duration patience = Duration.ofSeconds(15);
    ProbeLoad load =
        new ProbeLoad(4, Duration.ofSeconds(2), Duration.ofSeconds(3), limit, patience);
    new HealthUnderLoad(load, System.out).run();
  }

  void run() throws Exception {
    Map<String, HealthPeer.Factory> peers = new LinkedHashMap<>();
    peers.put("opskit", OpskitPeer::inBackground);
    peers.put("Spring Boot", SpringPeer::with);
    peers.put("SmallRye", SmallRyePeer::with);
    out.printf("probes/s from %d clients, %d checks%n", load.clients(), CHECKS);
    row("", List.copyOf(peers.keySet()));
    List<Runnable> slow = HealthPeer.checks(CHECKS, () -> work(WORK));
    List<Runnable> idle = HealthPeer.checks(CHECKS, () -> {});
    rates("each takes 5 ms", peers, slow, true);
    rates("each takes no time", peers, idle, true);
    rates("the same, a connection a probe", peers, idle, false);
    String[] cells = new String[peers.size()];
    int i = 0;
    for (HealthPeer.Factory peer : peers.values()) {
      cells[i++] = say(load.whileHung(peer, CHECKS));
    }
    row("one hangs: longest answer", List.of(cells));
    peers.put("opskit", OpskitPeer::onDemand);
    onDemand(peers);
  }

  /**
   * How much longer the first answer takes that waits for ten checks than one that waits for one.
   */
  private void onDemand(Map<String, HealthPeer.Factory> peers) throws Exception {
    List<String> cells = new ArrayList<>();
    for (HealthPeer.Factory peer : peers.values()) {
      double one = firstAnswerMillis(peer, 1);
      double ten = firstAnswerMillis(peer, CHECKS);
      cells.add(String.format(Locale.ROOT, "%.0f / %.0f ms = %.2f", ten, one, ten / one));
    }
    row("on demand, 200 ms: ten / one", cells);
  }

  /** The median; the first peers, whose classes are loaded for them, do not count. */
  private static double firstAnswerMillis(HealthPeer.Factory factory, int checks) throws Exception {
    double[] millis = new double[ROUNDS];
    for (int i = -2; i < ROUNDS; i++) {
      try (HealthPeer peer = factory.with(HealthPeer.checks(checks, () -> work(SLOW_WORK)))) {
        long asked = TIME.nanoTime();
        peer.probe();
        millis[Math.max(i, 0)] = (TIME.nanoTime() - asked) / 1e6;
      }
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }

  private void rates(
      String name, Map<String, HealthPeer.Factory> peers, List<Runnable> checks, boolean keeps)
      throws Exception {
    String[] cells = new String[peers.size()];
    int i = 0;
    for (HealthPeer.Factory peer : peers.values()) {
      cells[i++] = String.format(Locale.ROOT, "%,.0f", load.perSecond(peer, checks, keeps));
    }
    row(name, List.of(cells));
  }

  private String say(WhileHung hung) {
    if (hung.longest() == null) {
      return "no answer in " + load.limit().toSeconds() + " s";
    }
    String longest = String.format(Locale.ROOT, "%.1f ms", hung.longest().toNanos() / 1e6);
    return hung.untilNotReady() == null
        ? longest + ", never 503"
        : longest
            + String.format(
                Locale.ROOT, ", 503 after %.1f s", hung.untilNotReady().toNanos() / 1e9);
  }

  private void row(String name, List<String> cells) {
    out.printf("%-32s", name);
    cells.forEach(cell -> out.printf(" %26s", cell));
    out.println();
  }

  /** Waits as for something outside of the process. */
  private static void work(Duration duration) {
    long end = TIME.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - TIME.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
