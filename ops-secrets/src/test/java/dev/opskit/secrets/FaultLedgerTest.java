package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault that a store, a network or a service has, and what readers notice of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultLedgerTest {
  private static final String GOOD = "{\"username\":\"u\",\"password\":\"hunter2hunter2\"}";
  private static final Duration DAY = Duration.ofHours(24);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Fixture> opened = new ArrayList<>();

  @AfterEach
  void close() {
    release.countDown();
    opened.forEach(Fixture::close);
    threads.shutdownNow();
  }

  @Test
  void f01TheStoreIsDownForADay() {
    Fixture fixture = loaded(fixture(o -> o.maxStale(DAY)));
    fixture.provider.isUnavailable();
    for (Duration passed = Duration.ZERO; passed.compareTo(DAY) < 0; ) {
      fixture.pass(Duration.ofMinutes(1));
      passed = passed.plusMinutes(1);
      assertEquals("hunter2hunter2", fixture.read());
    }
    fixture.pass(Duration.ofNanos(1));
    fixture.refused(SecretException.Expired.class);
  }

  @Test
  void f02TheStoreHangs() throws Exception {
    Fixture fixture = loaded(fixture(o -> o.executor(threads)));
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch asked = hangs(fixture, interrupted);
    fixture.pass(Fixture.TTL);
    asked.await();

    // On this thread, which the test's time limit would end if it waited.
    assertEquals("hunter2hunter2", fixture.read());
    fixture.pass(Fixture.CALL_TIMEOUT);
    interrupted.await();
    assertEquals("hunter2hunter2", fixture.read());
    assertTrue(
        fixture.eventsAfterClosing().stream()
            .anyMatch(e -> e.toString().contains("no answer within PT10S")));
  }

  @Test
  void f03TheNewVersionCannotBeRead() throws Exception {
    StoreOfVersions store = new StoreOfVersions();
    Fixture fixture = fixture(o -> o.provider(new Undecryptable(store)));
    store.put(Fixture.REF, "1", "hunter2hunter2");
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    fixture.secrets.tick();

    store.put(Fixture.REF, "2", Undecryptable.VALUE);
    fixture.pass(Fixture.TTL);

    assertTrue(handle.get().matches("hunter2hunter2"));
    assertEquals(SecretState.STALE, handle.snapshot().state());
    var health = fixture.secrets.healthCheck().check(() -> Duration.ZERO);
    assertEquals(HealthStatus.DEGRADED, health.status());
    assertEquals(HealthCause.STALE, health.cause());
    assertEquals("1 not confirmed by the store: orders/database: KMS says no", health.message());
    assertInstanceOf(SecretEvent.ServedStale.class, fixture.eventsAfterClosing().get(1));
  }

  @Test
  void f04AForcedRefreshHealsAtOnce() {
    Fixture fixture = loaded(fixture(o -> o));
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    fixture.provider.isUnavailable();
    for (int i = 0; i < 8; i++) {
      fixture.pass(Fixture.TTL);
    }
    assertEquals(SecretState.STALE, handle.refresh().join().state());

    fixture.provider.gives("2", "correct horse");
    SecretSnapshot<SecretValue> healed = handle.refresh().join();

    assertEquals(SecretState.FRESH, healed.state());
    assertEquals("2", healed.version());
    assertTrue(handle.get().matches("correct horse"));
  }

  @Test
  void f05TheSecretIsDeletedOrTheRightIsTakenAway() {
    Fixture gone = loaded(fixture(o -> o));
    gone.provider.hasNone();
    Fixture denied = loaded(fixture(o -> o));
    denied.provider.denies();
    for (Fixture fixture : List.of(gone, denied)) {
      fixture.pass(Fixture.TTL);
      fixture.pass(Fixture.MAX_STALE_DENIED.minusNanos(1));
      assertEquals("hunter2hunter2", fixture.read());
      fixture.pass(Duration.ofNanos(1));
    }
    gone.refused(SecretException.NotFound.class);
    denied.refused(SecretException.AccessDenied.class);
  }

  @Test
  void f06AMalformedVersionOrOneWithoutAFieldArrives() {
    Fixture fixture = fixture(o -> o);
    fixture.provider.gives("1", GOOD);
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.databaseCredentials());
    fixture.secrets.tick();
    for (String bad : List.of("{\"username\":\"u\",\"passw", "{\"username\":\"u\"}", "plain")) {
      fixture.provider.gives("bad", bad);
      fixture.pass(Fixture.TTL);
      assertTrue(handle.get().password().matches("hunter2hunter2"));
      assertEquals("1", handle.snapshot().version());
      assertEquals(SecretState.STALE, handle.snapshot().state());
    }
    String told = fixture.eventsAfterClosing().toString();
    assertTrue(told.contains("has no string field 'password'"), told);
    assertTrue(!told.contains("passw\"") && !told.contains("plain"), told);
  }

  @Test
  void f10ALoadThrowsAnError() {
    Fixture fixture = fixture(o -> o);
    fixture.provider.answer =
        ref -> {
          throw new NoClassDefFoundError("hunter2hunter2");
        };
    fixture.refused(SecretException.Unavailable.class);
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.time.advance(Fixture.RETRY);
    assertEquals("hunter2hunter2", fixture.read());
  }

  @Test
  void f11TheWallClockJumps() {
    Fixture fixture = loaded(fixture(o -> o));
    for (Duration jump : List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ofDays(9))) {
      int calls = fixture.provider.calls.get();
      fixture.time.jumpTo(fixture.time.now().plus(jump));
      fixture.secrets.tick();
      assertEquals("hunter2hunter2", fixture.read());
      assertEquals(calls, fixture.provider.calls.get());
      fixture.pass(Fixture.TTL);
      assertEquals(calls + 1, fixture.provider.calls.get());
    }
  }

  @Test
  void f12AThreadIsInterruptedWhileItWaits() throws Exception {
    Fixture fixture = fixture(o -> o.executor(threads));
    CountDownLatch asked = new CountDownLatch(1);
    fixture.provider.answer =
        ref -> {
          asked.countDown();
          awaitOrThrow(release);
          return ScriptedProvider.value(ref, "1", "hunter2hunter2");
        };
    var other = CompletableFuture.supplyAsync(fixture::read, threads);
    asked.await();

    Thread.currentThread().interrupt();
    fixture.refused(SecretException.Unavailable.class);
    assertTrue(Thread.interrupted());

    release.countDown();
    assertEquals("hunter2hunter2", other.get());
    assertEquals("hunter2hunter2", fixture.read());
    assertEquals(1, fixture.provider.calls.get());
  }

  @Test
  void f13AListenerThrowsOrHangs() throws Exception {
    Fixture fixture = loaded(fixture(o -> o));
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    fixture.secrets.tick();
    CountDownLatch told = new CountDownLatch(2);
    handle.onRotation(
        rotation -> {
          throw new IllegalStateException("mine");
        });
    handle.onRotation(rotation -> awaitOrThrow(release));
    handle.onRotation(rotation -> told.countDown());
    for (String version : List.of("2", "3")) {
      fixture.provider.gives(version, "correct horse " + version);
      fixture.pass(Fixture.TTL);
    }
    told.await();
    assertTrue(handle.get().matches("correct horse 3"));
  }

  @Test
  void f15TheStoreThrottlesForTenMinutes() {
    Fixture fixture = fixture(o -> o.rate(1, 5));
    fixture.provider.gives("1", "hunter2hunter2");
    for (int i = 0; i < 50; i++) {
      fixture.secrets.rotating(SecretRef.of("s" + i), SecretType.value());
    }
    while (fixture.provider.calls.get() < 50) {
      fixture.pass(Duration.ofSeconds(1));
    }
    fixture.provider.answer =
        ref -> {
          throw new SecretException.Throttled(ref, "ThrottlingException");
        };
    fixture.pass(Fixture.TTL);
    int before = fixture.provider.calls.get();
    for (int second = 0; second < 600; second++) {
      fixture.pass(Duration.ofSeconds(1));
    }
    // Without a back-off it would be one a second, without the bucket 50 at once.
    int calls = fixture.provider.calls.get() - before;
    assertTrue(calls <= 350, () -> calls + " calls in ten minutes of throttling");

    fixture.provider.gives("2", "correct horse");
    for (int second = 0; second < 300 + 50; second++) {
      fixture.pass(Duration.ofSeconds(1));
    }
    for (int i = 0; i < 50; i++) {
      SecretRef ref = SecretRef.of("s" + i);
      assertEquals("2", fixture.secrets.rotating(ref, SecretType.value()).snapshot().version());
    }
  }

  @Test
  void f16TheStoreIsDownAtTheStart() {
    Fixture fixture = fixture(o -> o);
    fixture.provider.isUnavailable();
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    fixture.secrets.tick();
    var e =
        assertThrows(
            SecretsNotReadyException.class, () -> fixture.secrets.awaitReady(Duration.ZERO));
    assertEquals(
        "1 secrets are not ready: secret 'orders/database' (CURRENT): HTTP 503", e.getMessage());

    fixture.provider.gives("1", "hunter2hunter2");
    fixture.pass(Fixture.RETRY);
    fixture.secrets.awaitReady(Duration.ZERO);
    assertTrue(handle.get().matches("hunter2hunter2"));
  }

  @Test
  void f17ThereAreManyMoreSecretsThanTheCacheHolds() throws Exception {
    Fixture fixture = fixture(o -> o.maxCached(10));
    // Too short to be masked, which is not what this is about and takes its time.
    fixture.provider.answer = ref -> ScriptedProvider.value(ref, "1", ref.id());
    var pinned = fixture.secrets.rotating(SecretRef.of("pinned"), SecretType.value());
    assertNotNull(pinned.get());
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      int offset = reader * 2500;
      readers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = offset; i < offset + 2500; i++) {
                  String id = "s" + i;
                  assertTrue(fixture.secrets.get(SecretRef.of(id)).matches(id));
                }
              },
              threads));
    }
    for (CompletableFuture<Void> reader : readers) {
      reader.get();
    }
    assertEquals(10_001, fixture.provider.calls.get());
    assertTrue(pinned.get().matches("pinned"));
    fixture.pass(Fixture.GRACE);
    fixture.pass(Fixture.TTL);
    // Those that were forgotten are not looked at again.
    int later = fixture.provider.calls.get() - 10_001;
    assertTrue(later <= 11, () -> later + " are still looked at");
  }

  @Test
  void f18ClosedDuringALoadTwiceAndUsedAfterwards() throws Exception {
    Fixture fixture = loaded(fixture(o -> o.executor(threads)));
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    SecretValue value = handle.get();
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch asked = hangs(fixture, interrupted);
    fixture.time.advance(Duration.ofSeconds(1));
    CompletableFuture<SecretSnapshot<SecretValue>> forced = handle.refresh();
    asked.await();

    fixture.secrets.close();
    fixture.secrets.close();

    interrupted.await();
    var e = assertThrows(ExecutionException.class, forced::get);
    assertInstanceOf(SecretException.Closed.class, e.getCause());
    assertThrows(SecretException.Closed.class, handle::get);
    assertThrows(SecretException.Closed.class, handle::snapshot);
    fixture.refused(SecretException.Closed.class);
    assertThrows(
        SecretException.Closed.class,
        () -> fixture.secrets.rotating(Fixture.REF, SecretType.apiKey()));
    assertTrue(value.isClosed());
  }

  private Fixture fixture(UnaryOperator<OpsSecretsBuilder> options) {
    Fixture fixture = new Fixture(options);
    opened.add(fixture);
    return fixture;
  }

  private static Fixture loaded(Fixture fixture) {
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.read();
    return fixture;
  }

  /** Until it is interrupted. */
  private CountDownLatch hangs(Fixture fixture, CountDownLatch interrupted) {
    CountDownLatch asked = new CountDownLatch(1);
    fixture.provider.answer =
        ref -> {
          asked.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          throw new SecretException.Unavailable(ref, "interrupted");
        };
    return asked;
  }

  private static void awaitOrThrow(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells of every version, and cannot decrypt one of them. */
  private record Undecryptable(StoreOfVersions store) implements SecretProvider {
    static final String VALUE = "undecryptable";

    @Override
    public SecretValue fetch(SecretRef ref) {
      SecretValue value = store.fetch(ref);
      if (value.matches(VALUE)) {
        throw new SecretException.Unavailable(ref, "KMS says no");
      }
      return value;
    }

    @Override
    public Optional<SecretMetadata> describe(SecretRef ref) {
      return store.describe(ref);
    }
  }
}
