package dev.opskit.verification.integration.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretEvent;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.aws.AwsSecretsProvider;
import dev.opskit.secrets.jdbc.RotatingDataSource;
import dev.opskit.testkit.secrets.FakeSecretsManager;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Passwords of a real PostgreSQL are rotated, in the steps and the order in which Secrets Manager
 * does it, while clients query through a HikariCP pool that logs in all the time. The server's own
 * log says how many logins it has refused.
 */
@Timeout(600)
class RotationIT {
  /** A few in each build; {@code -Dopskit.rotations=100} for the long form. */
  private static final int ROTATIONS = Integer.getInteger("opskit.rotations", 4);

  private static final int QUERIES = 12;
  private static final String SECRET = "orders/database";

  @TempDir private static Path folder;
  private static RotatedDatabase database;

  private final FakeSecretsManager aws = FakeSecretsManager.start();
  private final SecretsManagerClient client = LocalClients.of(aws.endpoint());
  private final OpsSecrets secrets =
      OpsSecrets.builder().provider(AwsSecretsProvider.of(client)).build();
  private final List<String> rejected = new CopyOnWriteArrayList<>();

  RotationIT() {
    secrets.onEvent(
        event -> {
          if (event instanceof SecretEvent.Rejected refused) {
            rejected.add(refused.version());
          }
        });
  }

  @BeforeAll
  static void start() {
    database = new RotatedDatabase(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @AfterEach
  void close() {
    secrets.close();
    client.close();
    aws.close();
  }

  @Test
  void oneUserWhoseNewPasswordIsPendingWhileTheDatabaseHasItAlready() throws Exception {
    String first = RotatedDatabase.newPassword();
    database.createUser("single", first);
    aws.put(SECRET, RotatedDatabase.secret("single", first));
    try (HikariDataSource pool = pool();
        Load load = new Load(pool)) {
      for (int i = 0; i < ROTATIONS; i++) {
        String next = RotatedDatabase.newPassword();
        String version = aws.putPending(SECRET, RotatedDatabase.secret("single", next));
        load.more(QUERIES);
        database.setPassword("single", next);
        load.more(QUERIES);
        aws.promote(SECRET, version);
        load.more(QUERIES);
      }
      assertEquals(List.of(), load.failures());
    }
    assertEachVersionWasRefusedOnce(ROTATIONS, database.refusedLogins("single"));
  }

  @Test
  void oneUserWhoseNewPasswordIsStoredAfterTheDatabaseHasIt() throws Exception {
    String first = RotatedDatabase.newPassword();
    database.createUser("late", first);
    aws.put(SECRET, RotatedDatabase.secret("late", first));
    try (HikariDataSource pool = pool();
        Load load = new Load(pool)) {
      for (int i = 0; i < ROTATIONS; i++) {
        load.more(QUERIES);
        String next = RotatedDatabase.newPassword();
        database.setPassword("late", next);
        // Until it is stored, there is no version with which anybody could log in.
        while (rejected.size() <= i) {
          Thread.onSpinWait();
        }
        aws.put(SECRET, RotatedDatabase.secret("late", next));
        load.more(QUERIES);
      }
      assertEquals(List.of(), load.failures());
    }
    assertEachVersionWasRefusedOnce(ROTATIONS, database.refusedLogins("late"));
  }

  @Test
  void twoUsersInTurns() throws Exception {
    String first = RotatedDatabase.newPassword();
    database.createUser("turn_0", first);
    database.createUser("turn_1", RotatedDatabase.newPassword());
    aws.put(SECRET, RotatedDatabase.secret("turn_0", first));
    try (HikariDataSource pool = pool();
        Load load = new Load(pool)) {
      for (int i = 1; i <= ROTATIONS; i++) {
        String user = "turn_" + i % 2;
        String next = RotatedDatabase.newPassword();
        String version = aws.putPending(SECRET, RotatedDatabase.secret(user, next));
        load.more(QUERIES);
        database.setPassword(user, next);
        load.more(QUERIES);
        aws.promote(SECRET, version);
        load.more(QUERIES);
      }
      assertEquals(List.of(), load.failures());
      assertEquals(2, load.users().size());
    }
    long refused = database.refusedLogins("turn_0") + database.refusedLogins("turn_1");
    assertEachVersionWasRefusedOnce(ROTATIONS, refused);
  }

  @Test
  void aWrongVersionIsTriedOnceByAllThreadsTogetherUntilThereIsAnother() throws Exception {
    String right = RotatedDatabase.newPassword();
    database.createUser("wrong", right);
    aws.put(SECRET, RotatedDatabase.secret("wrong", RotatedDatabase.newPassword()));
    RotatingDataSource source = source(Duration.ZERO);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> logins = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        logins.add(threads.submit(() -> assertThrows(SQLException.class, source::getConnection)));
      }
      for (Future<?> refused : logins) {
        refused.get();
      }
      assertThrows(SQLInvalidAuthorizationSpecException.class, source::getConnection);
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, database.refusedLogins("wrong"));

    aws.put(SECRET, RotatedDatabase.secret("wrong", right));
    try (HikariDataSource pool = pool();
        Load load = new Load(pool)) {
      load.more(QUERIES);
      assertEquals(List.of(), load.failures());
    }
    assertEachVersionWasRefusedOnce(1, database.refusedLogins("wrong"));
  }

  private void assertEachVersionWasRefusedOnce(int most, long refusedByTheServer) {
    // Closing it delivers what waits for the listener.
    secrets.close();
    assertEquals(rejected.stream().distinct().toList(), rejected);
    assertEquals(rejected.size(), refusedByTheServer);
    assertTrue(0 < refusedByTheServer && refusedByTheServer <= most, rejected::toString);
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source(Duration.ofSeconds(20)));
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  private RotatingDataSource source(Duration budget) {
    Properties bounds = new Properties();
    bounds.setProperty("connectTimeout", "10");
    bounds.setProperty("socketTimeout", "10");
    RotatingSecret<DatabaseCredentials> login =
        secrets.rotating(SecretRef.of(SECRET), SecretType.databaseCredentials());
    return RotatingDataSource.of(database.url(), bounds, login, budget);
  }
}
