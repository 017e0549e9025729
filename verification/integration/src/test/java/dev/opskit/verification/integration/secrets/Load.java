package dev.opskit.verification.integration.secrets;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Clients that ask a pool for connections and query with them without a pause. Half of the
 * connections are thrown away after that, so that the pool logs in all the time.
 */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HikariDataSource pool;
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final Semaphore answered = new Semaphore(0);
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Set<String> users = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  Load(HikariDataSource pool) {
    this.pool = pool;
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(this::run);
    }
  }

  private void run() {
    for (int i = 0; !over; i++) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT current_user")) {
        row.next();
        users.add(row.getString(1));
        answered.release();
        if (i % 2 == 0) {
          pool.evictConnection(connection);
        }
      } catch (SQLException e) {
        failures.add(e + " <- " + e.getCause());
      }
    }
  }

  /** Returns when so many more queries were answered from now on. */
  void more(int queries) throws InterruptedException {
    answered.drainPermits();
    if (!answered.tryAcquire(queries, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("no " + queries + " answers within " + PATIENCE + ": " + failures);
    }
  }

  List<String> failures() {
    return failures;
  }

  /** Whom the database took the clients for. */
  Set<String> users() {
    return users;
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    clients.shutdown();
    if (!clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("a client hangs");
    }
  }
}
