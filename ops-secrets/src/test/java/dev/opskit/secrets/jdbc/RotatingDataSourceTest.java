package dev.opskit.secrets.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretEvent;
import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock stands still unless a test moves it, so nothing is refreshed but by force. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RotatingDataSourceTest {
  private static final SecretRef REF = SecretRef.of("orders/database");
  private static final SecretRef PENDING = new SecretRef(REF.id(), SecretStage.PENDING);

  private final ManualTimeSource time = new ManualTimeSource();
  private final Map<SecretRef, String> store = new ConcurrentHashMap<>();
  private final AtomicInteger pendingFetches = new AtomicInteger();
  private final List<SecretEvent> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch rejected = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private StrictDriver driver;
  private OpsSecrets secrets;
  private RotatingSecret<DatabaseCredentials> secret;

  @BeforeEach
  void start() throws SQLException {
    driver = new StrictDriver("orders");
    secrets =
        OpsSecrets.builder()
            .provider(this::fetch)
            .executor(Runnable::run)
            .sensitive(new SensitiveValues())
            .time(time)
            .leakCheck(false)
            .build();
    secrets.onEvent(
        event -> {
          events.add(event);
          if (event instanceof SecretEvent.Rejected) {
            rejected.countDown();
          }
        });
    store.put(REF, "one");
    driver.accepts("orders/one");
    secret = secrets.rotating(REF, SecretType.databaseCredentials());
    secret.get();
    passForcedPause();
  }

  @AfterEach
  void stop() throws SQLException {
    secrets.close();
    threads.shutdownNow();
    driver.close();
  }

  @Test
  void logsInWithTheVersionThatIsCurrent() throws SQLException {
    assertEquals("orders/one", dataSource(Duration.ZERO).getConnection().toString());
    assertEquals(List.of(), driver.failed);
  }

  @Test
  void aRefusedVersionIsReplacedByTheNewOneWithinTheSameCall() throws SQLException {
    store.put(REF, "two");
    driver.accepts("orders/two");

    assertEquals("orders/two", dataSource(Duration.ZERO).getConnection().toString());
    assertEquals(List.of("orders/one"), driver.failed);
    assertEquals(0, pendingFetches.get());
  }

  @Test
  void inTheRotationWindowThePendingVersionIsUsedUntilItIsTheCurrentOne() throws SQLException {
    store.put(PENDING, "two");
    driver.accepts("orders/two");
    RotatingDataSource dataSource = dataSource(Duration.ZERO);

    for (int i = 0; i < 3; i++) {
      assertEquals("orders/two", dataSource.getConnection().toString());
    }
    assertEquals(List.of("orders/one"), driver.failed);
    assertEquals(1, pendingFetches.get());

    store.put(REF, "two");
    store.remove(PENDING);
    passForcedPause();
    secret.refresh().join();
    assertEquals("orders/two", dataSource.getConnection().toString());
    assertEquals(List.of("orders/one"), driver.failed);
    secrets.close();
    assertTrue(events.contains(new SecretEvent.Rejected(REF, "v-one")), events::toString);
    assertTrue(events.contains(new SecretEvent.Bridged(REF, "v-two")), events::toString);
  }

  @Test
  void aPendingVersionThatIsRefusedIsNotTriedAgainEither() {
    store.put(PENDING, "two");
    driver.accepts("orders/three");
    RotatingDataSource dataSource = dataSource(Duration.ZERO);

    var e = assertThrows(SQLException.class, dataSource::getConnection);
    assertEquals("28P01", e.getSQLState());
    for (int i = 0; i < 5; i++) {
      var again =
          assertThrows(SQLInvalidAuthorizationSpecException.class, dataSource::getConnection);
      assertEquals("28000", again.getSQLState());
      passForcedPause();
    }
    assertEquals(List.of("orders/one", "orders/two"), driver.failed);
    assertEquals(1, pendingFetches.get());
  }

  @Test
  void howeverManyThreadsComeTogetherAVersionFailsOnce() throws Exception {
    int count = 16;
    RotatingDataSource dataSource = dataSource(Duration.ofMinutes(1));
    for (int round = 0; round < 10; round++) {
      store.put(REF, "round-" + round);
      driver.accepts("orders/round-" + round);
      passForcedPause();
      CyclicBarrier together = new CyclicBarrier(count);
      List<Future<String>> logins = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        logins.add(
            threads.submit(
                () -> {
                  together.await();
                  return dataSource.getConnection().toString();
                }));
      }
      for (Future<String> login : logins) {
        assertEquals("orders/round-" + round, login.get());
      }
    }
    assertEquals(10, driver.failed.size(), driver.failed::toString);
    assertEquals(10, List.copyOf(driver.failed).stream().distinct().count());
  }

  @Test
  void aNewVersionIsWaitedForWithinTheBudget() throws Exception {
    driver.accepts("orders/two");
    RotatingDataSource dataSource = dataSource(Duration.ofMinutes(1));
    Future<String> login = threads.submit(() -> dataSource.getConnection().toString());
    rejected.await();
    assertFalse(login.isDone());

    store.put(REF, "two");
    passForcedPause();

    assertEquals("orders/two", login.get());
    assertEquals(List.of("orders/one"), driver.failed);
  }

  @Test
  void aDatabaseThatIsAwayMarksNothing() throws SQLException {
    driver.outage = new SQLException("connection refused", "08001");
    RotatingDataSource dataSource = dataSource(Duration.ZERO);
    assertSame(driver.outage, assertThrows(SQLException.class, dataSource::getConnection));

    driver.outage = null;
    assertEquals("orders/one", dataSource.getConnection().toString());
  }

  @Test
  void aRefusalIsSeenWhateverItIsWrappedIn() throws SQLException {
    SQLException refusal = new SQLException("no", "28000");
    SQLException batch = new SQLException("several");
    batch.setNextException(refusal);
    assertTrue(AuthenticationFailures.contains(new IllegalStateException(batch)));
    assertTrue(AuthenticationFailures.contains(new SQLException("wrapped", "08001", refusal)));
    assertFalse(AuthenticationFailures.contains(new SQLException("away", "08001")));
    assertFalse(AuthenticationFailures.contains(new SQLException("no state", (String) null)));
    var circle = new IllegalStateException();
    circle.initCause(new IllegalStateException(circle));
    assertFalse(AuthenticationFailures.contains(circle));

    driver.outage = new SQLException("wrapped", "08001", refusal);
    assertThrows(SQLException.class, dataSource(Duration.ZERO)::getConnection);
    driver.outage = null;
    assertThrows(
        SQLInvalidAuthorizationSpecException.class, dataSource(Duration.ZERO)::getConnection);
  }

  @Test
  void aSecretThatIsNotToBeHadIsATransientFailureThatSaysWhy() {
    var absent = secrets.rotating(SecretRef.of("absent"), SecretType.databaseCredentials());
    var dataSource = RotatingDataSource.of(driver.url(), absent);
    var e = assertThrows(SQLTransientConnectionException.class, dataSource::getConnection);
    assertInstanceOf(SecretException.NotFound.class, e.getCause());
  }

  @Test
  void noFailureHoldsThePassword() {
    driver.accepts();
    RotatingDataSource dataSource = dataSource(Duration.ZERO);
    for (int i = 0; i < 2; i++) {
      var e = assertThrows(SQLException.class, dataSource::getConnection);
      assertFalse(e.toString().contains("one"), e::toString);
    }
    assertEquals("RotatingDataSource[orders/database]", dataSource.toString());
  }

  @Test
  void anotherUserIsRefusedAndSoIsABudgetBelowZero() throws SQLException {
    RotatingDataSource dataSource = dataSource(Duration.ZERO);
    assertThrows(SQLFeatureNotSupportedException.class, () -> dataSource.getConnection("u", "pw"));
    var e = assertThrows(IllegalArgumentException.class, () -> dataSource(Duration.ofSeconds(-1)));
    assertEquals("budget is PT-1S, must be 0 or more", e.getMessage());
    assertSame(dataSource, dataSource.unwrap(RotatingDataSource.class));
    assertFalse(dataSource.isWrapperFor(Connection.class));
    assertThrows(SQLException.class, () -> dataSource.unwrap(Connection.class));
  }

  private RotatingDataSource dataSource(Duration budget) {
    return RotatingDataSource.of(driver.url(), new Properties(), secret, budget);
  }

  /** What was read by force counts for half a second. */
  private void passForcedPause() {
    time.advance(Duration.ofMillis(500));
  }

  private SecretValue fetch(SecretRef ref) {
    if (ref.equals(PENDING)) {
      pendingFetches.incrementAndGet();
    }
    String password = store.get(ref);
    if (password == null) {
      throw new SecretException.NotFound(ref, "no such version");
    }
    String json = "{\"username\":\"orders\",\"password\":\"" + password + "\"}";
    return SecretValue.take(ref, "v-" + password, json.getBytes(StandardCharsets.UTF_8));
  }
}
