package dev.opskit.metrics.alert;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one daemon thread that tells every address of a sink what is in the book. */
final class Courier {
  private static final Logger logger = LoggerFactory.getLogger(Courier.class);
  private static final long AFTER_A_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A clock that jumps, or that a test moves, is noticed after so long. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Landing(
      Peer peer, Peer.@Nullable Flight flight, int status, @Nullable Throwable failure) {}

  private final String sink;
  private final AlertBook book;
  private final Tally tally;
  private final Transport transport;
  private final TimeSource time;
  private final Duration forgetTold;
  private final Duration forgetAll;
  private final List<Peer> peers;
  private final Map<Peer, Runnable> underWay = new ConcurrentHashMap<>();
  private final Map<Peer, String> trouble = new ConcurrentHashMap<>();
  private final Queue<Landing> landings = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closing;
  private volatile boolean stopped;

  Courier(
      String sink,
      AlertBook book,
      Tally tally,
      List<Peer> peers,
      Transport transport,
      TimeSource time,
      Duration forgetTold,
      Duration forgetAll) {
    this.sink = sink;
    this.book = book;
    this.tally = tally;
    this.peers = peers;
    this.transport = transport;
    this.time = time;
    this.forgetTold = forgetTold;
    this.forgetAll = forgetAll;
    this.thread = new Thread(this::run, "ops-alerts-" + sink);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  /** Tells what waits, each address once more, for at most so long. Idempotent. */
  void close(Duration within) {
    book.close();
    closing = true;
    wake();
    try {
      ended.await(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped = true;
      wake();
    }
    int left = book.pending();
    if (left > 0) {
      logger.warn("{} alerts of {} were not delivered before it was closed", left, sink);
    }
  }

  private void run() {
    while (!stopped) {
      long waitNanos;
      try {
        waitNanos = step();
        if (closing && isDone()) {
          break;
        }
      } catch (Throwable t) {
        // Anything thrown from here would end the delivery for good.
        logger.error("the delivery of {} failed at one step and goes on", sink, t);
        waitNanos = AFTER_A_FAILURE_NANOS;
      }
      if (waitNanos > 0) {
        LockSupport.parkNanos(this, Math.min(waitNanos, LONGEST_WAIT_NANOS));
      }
      // Nobody else has a use for an interrupt here, and parking would not wait any more.
      Thread.interrupted();
    }
    underWay.values().forEach(Runnable::run);
    ended.countDown();
  }

  /** Does all that is due and returns how long nothing is. */
  long step() {
    landAll();
    book.forget(forgetTold, forgetAll);
    long wait = Peer.LATER;
    for (Peer peer : peers) {
      long now = time.nanoTime();
      if (peer.isOverdue(now)) {
        giveUp(peer, now);
      }
      if (closing) {
        peer.giveLastChance();
      }
      List<Entry> entries = book.entries();
      List<Entry> batch = peer.next(entries, now);
      if (!batch.isEmpty()) {
        send(peer, batch);
      }
      wait = Math.min(wait, peer.waitNanos(entries, now));
    }
    return landings.isEmpty() ? wait : 0;
  }

  void landAll() {
    for (Landing landing = landings.poll(); landing != null; landing = landings.poll()) {
      land(landing);
    }
  }

  boolean isDone() {
    List<Entry> entries = book.entries();
    return peers.stream().allMatch(peer -> peer.isDone(entries));
  }

  private void send(Peer peer, List<Entry> batch) {
    Peer.Flight flight = peer.flight();
    try {
      Runnable cancel =
          transport.send(
              peer.route().writer().write(batch),
              (status, failure) -> {
                landings.add(new Landing(peer, flight, status, failure));
                wake();
              });
      underWay.put(peer, cancel);
    } catch (RuntimeException e) {
      landings.add(new Landing(peer, flight, 0, e));
    }
  }

  private void giveUp(Peer peer, long now) {
    Peer.Flight flight = peer.flight();
    Runnable cancel = underWay.remove(peer);
    if (cancel != null) {
      cancel.run();
    }
    if (flight != null) {
      tally.add(Tally.Result.FAILED, flight.batch().size());
      peer.failed(now);
      report(peer, "no answer within " + peer.route().timeout());
    }
  }

  private void land(Landing landing) {
    Peer peer = landing.peer();
    Peer.Flight flight = landing.flight();
    if (flight == null || peer.flight() != flight) {
      // It was given up before.
      return;
    }
    underWay.remove(peer);
    long now = time.nanoTime();
    int status = landing.status();
    List<Entry> batch = flight.batch();
    if (landing.failure() != null) {
      tally.add(Tally.Result.FAILED, batch.size());
      peer.failed(now);
      report(peer, String.valueOf(landing.failure()));
    } else if (status / 100 == 2) {
      tally.add(Tally.Result.OK, batch.size());
      peer.taken(now);
      batch.forEach(book::told);
      report(peer, null);
    } else if (status == 400 || status == 413 || status == 422) {
      if (peer.refused(now)) {
        tally.add(Tally.Result.REFUSED, 1);
        batch.forEach(book::told);
        report(peer, "status " + status + " to alert " + batch.get(0).alert().name());
      }
    } else if (status / 100 == 5 || status == 408 || status == 429) {
      tally.add(Tally.Result.FAILED, batch.size());
      peer.failed(now);
      report(peer, "status " + status);
    } else {
      tally.add(Tally.Result.REFUSED, batch.size());
      peer.turnedAway(now);
      report(peer, "status " + status);
    }
  }

  /** Once for each change: with a far end that is away, every attempt fails. */
  private void report(Peer peer, @Nullable String wrong) {
    if (wrong == null) {
      if (trouble.remove(peer) != null) {
        logger.info("{} takes the alerts of {} again", peer.route().address(), sink);
      }
    } else if (trouble.putIfAbsent(peer, wrong) == null) {
      logger.warn("{} does not take the alerts of {}: {}", peer.route().address(), sink, wrong);
    }
  }
}
