package dev.opskit.verification.benchmarks.secrets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.opskit.core.time.TimeSource;
import dev.opskit.secrets.SecretProviders;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/**
 * The faults of a store, a network and a service, and what a reader notices of each with opskit and
 * with AWS's cache. A day passes in 300 steps: by a clock that is turned, and in the peer by a TTL
 * of milliseconds. Prints a table; takes about 15 s and calls nobody.
 */
public final class SecretsLedger {
  private static final String ID = "orders/database";
  private static final String OLD = "{\"username\":\"u1\",\"password\":\"hunter2hunter2\"}";
  private static final String NEW = "{\"username\":\"u2\",\"password\":\"correct horse\"}";
  private static final TimeSource TIME = TimeSource.system();
  private static final Duration NOTICEABLE = Duration.ofMillis(500);

  private final List<Row> rows = new ArrayList<>();
  private final boolean withPeer;
  private final int reads;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * One fault.
   *
   * @param name its number and what goes wrong
   * @param opskit what a reader of ours notices
   * @param peer what a reader of AWS's cache notices
   */
  record Row(String name, String opskit, String peer) {}

  private interface Scenario {
    String with(Subject subject, Store store) throws Exception;
  }

  /** Without the peer it takes a second or two. */
  SecretsLedger(boolean withPeer, int reads) {
    this.withPeer = withPeer;
    this.reads = reads;
  }

  /**
   * Prints the table.
   *
   * @param arguments none
   * @throws Exception if a scenario cannot be acted out at all
   */
  public static void main(String[] arguments) throws Exception {
    // What both libraries say of the faults is not what is looked at here.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    print(new SecretsLedger(true, 5_000).run(), System.out);
  }

  static void print(List<Row> rows, PrintStream out) {
    out.println("| fault | opskit | aws-secretsmanager-caching-java 2.2.0 |");
    out.println("|---|---|---|");
    rows.forEach(
        row -> out.println("| " + row.name + " | " + row.opskit + " | " + row.peer + " |"));
  }

  List<Row> run() throws Exception {
    try {
      faultsOfTheStore();
      faultsOfAVersion();
      faultsOfTheProcess();
      rows.sort(Comparator.comparingInt(row -> Integer.parseInt(row.name.substring(1, 3).strip())));
      return List.copyOf(rows);
    } finally {
      threads.shutdownNow();
    }
  }

  private void faultsOfTheStore() throws Exception {
    both(
        "F1 the store is down for a day, then for an hour more",
        (subject, store) -> {
          loaded(subject, store).fails(Store.Fault.UNAVAILABLE);
          return readsForADayAndAnHour(subject);
        });
    both(
        "F2 the store hangs",
        (subject, store) -> {
          loaded(subject, store);
          CountDownLatch release = hang(store);
          subject.passTtl();
          String read = timed(() -> subject.read(ID));
          release.countDown();
          return read;
        });
    both(
        "F5 the secret is deleted, for a day and an hour",
        (subject, store) -> {
          loaded(subject, store).fails(Store.Fault.ABSENT);
          return readsForADayAndAnHour(subject);
        });
    row(
        "F15 the store throttles, 50 secrets",
        throttledForTenMinutes(),
        throttledForThreeSeconds());
    Store down = new Store();
    down.fails(Store.Fault.UNAVAILABLE);
    Store other = new Store();
    other.put(ID, "1", OLD);
    try (Subject ours =
            new OpskitSubject(
                SecretProviders.chain(StoreProvider.of(down), StoreProvider.of(other)),
                Runnable::run);
        Subject theirs = new AwsCacheSubject(down)) {
      row(
          "F16 the store is down at the start, another one is not",
          attempt(() -> subjectRead(ours)),
          attempt(() -> subjectRead(theirs)) + "; it knows one store");
    }
  }

  private static String subjectRead(Subject subject) {
    return subject.read(ID);
  }

  private void faultsOfAVersion() throws Exception {
    both(
        "F3 the new version cannot be read",
        (subject, store) -> {
          unreadable(subject, store);
          return attempt(() -> subject.read(ID));
        });
    both(
        "F4 it can be read again, and a refresh is forced",
        (subject, store) -> {
          unreadable(subject, store);
          for (int i = 0; i < 3; i++) {
            attempt(() -> subject.read(ID));
            subject.passTtl();
          }
          store.heal();
          subject.refresh(ID);
          return attempt(() -> subject.read(ID));
        });
    both(
        "F6 the new version is no JSON, broken JSON, JSON without the field",
        (subject, store) -> {
          loaded(subject, store);
          subject.password(ID);
          List<String> seen = new ArrayList<>();
          for (String bad : List.of("hunter2hunter2", "{\"password\":\"hunt", "{}")) {
            store.put(ID, "bad" + seen.size(), bad);
            subject.passTtl();
            seen.add(attempt(() -> subject.password(ID)));
          }
          return String.join(", ", seen.stream().distinct().toList());
        });
    both(
        "F7 the database has the pending password already, 10 logins",
        (subject, store) -> {
          loaded(subject, store).putPending(ID, "2", NEW);
          return logins(subject, new LoginCounter("correct horse"), 10);
        });
    both(
        "F8 the password is wrong, 10 logins",
        (subject, store) -> {
          loaded(subject, store);
          return logins(subject, new LoginCounter("another one"), 10);
        });
    both(
        "F9 the user changes with the password while a pair is in use",
        (subject, store) -> {
          loaded(subject, store);
          String pair =
              subject.pairHeldOver(
                  ID,
                  () -> {
                    store.put(ID, "2", NEW);
                    subject.passTtl();
                    subject.read(ID);
                  });
          return pair.equals("u1/hunter2hunter2") ? "one pair" : "a torn pair";
        });
  }

  private void faultsOfTheProcess() throws Exception {
    both(
        "F10 an Error is thrown in the first load; read again later",
        (subject, store) -> {
          store.put(ID, "1", OLD);
          store.onGet =
              () -> {
                throw new NoClassDefFoundError("seldom");
              };
          attempt(() -> subject.read(ID));
          store.heal();
          subject.passTtl();
          return attempt(() -> subject.read(ID));
        });
    row("F11 the wall clock jumps by an hour", wallClockJumps(), "not run: it has no other clock");
    both(
        "F12 the thread that loads is interrupted; another one reads",
        (subject, store) -> {
          store.put(ID, "1", OLD);
          CountDownLatch asked = new CountDownLatch(1);
          CountDownLatch release = hang(store, asked);
          Thread first = new Thread(() -> attempt(() -> subject.read(ID)));
          first.start();
          asked.await();
          first.interrupt();
          first.join();
          store.heal();
          release.countDown();
          return attempt(() -> subject.read(ID));
        });
    row("F13 a listener throws", listenerThrows(), "has no listeners");
    row("F14 a mounted volume is swapped", "see `TornVolumeTest`", "reads no files");
    both(
        "F17 4 threads read 4 secrets through a cache for 1",
        (subject, store) -> {
          for (int i = 0; i < 4; i++) {
            store.put("id" + i, "1", OLD);
          }
          Set<String> failures = ConcurrentHashMap.newKeySet();
          List<Future<?>> readers = new ArrayList<>();
          for (int t = 0; t < 4; t++) {
            int from = t;
            readers.add(
                threads.submit(
                    () -> {
                      for (int i = from; i < reads; i++) {
                        String id = "id" + i % 4;
                        failures.add(attempt(() -> subject.readOneOfMany(id)));
                      }
                    }));
          }
          for (Future<?> reader : readers) {
            reader.get();
          }
          failures.remove("the old value");
          return failures.isEmpty() ? "no read fails" : "reads fail with " + failures;
        });
    both(
        "F18 read after close",
        (subject, store) -> {
          loaded(subject, store);
          subject.close();
          return attempt(() -> subject.read(ID));
        });
  }

  private static String readsForADayAndAnHour(Subject subject) {
    int served = 0;
    for (int i = 0; i < Subject.TTLS_A_DAY; i++) {
      subject.passTtl();
      served += attempt(() -> subject.read(ID)).equals("the old value") ? 1 : 0;
    }
    for (int i = 0; i < Subject.TTLS_A_DAY / 24; i++) {
      subject.passTtl();
    }
    return "served for "
        + served * 24 * 60 / Subject.TTLS_A_DAY
        + " min, then "
        + attempt(() -> subject.read(ID));
  }

  private static Store loaded(Subject subject, Store store) {
    store.put(ID, "1", OLD);
    subject.read(ID);
    return store;
  }

  private static void unreadable(Subject subject, Store store) {
    loaded(subject, store).put(ID, "2", NEW);
    store.onGet = () -> Store.fail(Store.Fault.UNAVAILABLE);
    subject.passTtl();
  }

  private static String logins(Subject subject, LoginCounter database, int logins) {
    int good = 0;
    for (int i = 0; i < logins; i++) {
      subject.pass(Duration.ofSeconds(1));
      try {
        subject.logIn(ID, database);
        good++;
      } catch (Exception refused) {
        // Counted by the database.
      }
    }
    return good + " succeed, " + database.refused.get() + " refused by the database";
  }

  private static String throttledForTenMinutes() {
    Store store = new Store();
    try (OpskitSubject subject = new OpskitSubject(StoreProvider.of(store), Runnable::run)) {
      for (int i = 0; i < 50; i++) {
        store.put("s" + i, "1", OLD);
        subject.read("s" + i);
      }
      store.fails(Store.Fault.THROTTLED);
      subject.passTtl();
      store.calls.reset();
      for (int second = 0; second < 600; second++) {
        subject.pass(Duration.ofSeconds(1));
      }
      return store.calls.sum() + " calls in 10 min";
    }
  }

  private static String throttledForThreeSeconds() {
    Store store = new Store();
    try (Subject subject = new AwsCacheSubject(store)) {
      for (int i = 0; i < 50; i++) {
        store.put("s" + i, "1", OLD);
        subject.read("s" + i);
      }
      store.fails(Store.Fault.THROTTLED);
      subject.passTtl();
      store.calls.reset();
      long end = TIME.nanoTime() + TimeUnit.SECONDS.toNanos(3);
      while (TIME.nanoTime() < end) {
        for (int i = 0; i < 50; i++) {
          String id = "s" + i;
          attempt(() -> subject.read(id));
        }
        subject.passTtl();
      }
      return store.calls.sum() + " calls in 3 s";
    }
  }

  private static String wallClockJumps() {
    Store store = new Store();
    try (OpskitSubject subject = new OpskitSubject(StoreProvider.of(store), Runnable::run)) {
      loaded(subject, store);
      store.calls.reset();
      for (Duration jump : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
        subject.time.jumpTo(subject.time.now().plus(jump));
        subject.pass(Duration.ZERO);
      }
      return attempt(() -> subject.read(ID)) + ", " + store.calls.sum() + " calls";
    }
  }

  private static String listenerThrows() throws InterruptedException {
    Store store = new Store();
    try (OpskitSubject subject = new OpskitSubject(StoreProvider.of(store), Runnable::run)) {
      loaded(subject, store);
      CountDownLatch told = new CountDownLatch(1);
      subject
          .handle(ID)
          .onRotation(
              rotation -> {
                throw new IllegalStateException("mine");
              });
      subject.handle(ID).onRotation(rotation -> told.countDown());
      store.put(ID, "2", NEW);
      subject.passTtl();
      return told.await(10, TimeUnit.SECONDS) ? "the others are told" : "the others are not told";
    }
  }

  private static CountDownLatch hang(Store store) {
    return hang(store, new CountDownLatch(1));
  }

  private static CountDownLatch hang(Store store, CountDownLatch asked) {
    CountDownLatch release = new CountDownLatch(1);
    store.onGet =
        () -> {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            // As the SDK: the call is given up.
            Store.fail(Store.Fault.UNAVAILABLE);
          }
        };
    store.onDescribe = store.onGet;
    return release;
  }

  private String timed(Callable<String> read) throws Exception {
    Future<String> reader = threads.submit(() -> attempt(read));
    try {
      return reader.get(NOTICEABLE.toMillis(), TimeUnit.MILLISECONDS) + " at once";
    } catch (TimeoutException e) {
      return "readers hang with it";
    }
  }

  /** What a reader gets, in words. */
  private static String attempt(Callable<String> read) {
    try {
      String text = read.call();
      return switch (String.valueOf(text)) {
        case OLD, "hunter2hunter2" -> "the old value";
        case NEW, "correct horse" -> "the new value";
        default -> String.valueOf(text);
      };
    } catch (Throwable e) {
      boolean quotes = String.valueOf(e.getMessage()).contains("hunt");
      return "`" + e.getClass().getSimpleName() + "`" + (quotes ? " that quotes the value" : "");
    }
  }

  private void both(String name, Scenario scenario) throws Exception {
    Store ours = new Store();
    Store theirs = new Store();
    boolean hangs = name.startsWith("F2 ") || name.startsWith("F12 ");
    try (Subject opskit =
            new OpskitSubject(StoreProvider.of(ours), hangs ? threads : Runnable::run);
        Subject peer = new AwsCacheSubject(theirs)) {
      row(name, scenario.with(opskit, ours), withPeer ? scenario.with(peer, theirs) : "");
    }
  }

  private void row(String name, String opskit, String peer) {
    rows.add(new Row(name, opskit, peer));
  }
}
