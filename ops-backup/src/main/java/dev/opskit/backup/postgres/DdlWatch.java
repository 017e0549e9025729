package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupException;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks whether somebody waits for a lock that the sessions of a backup hold. A migration that
 * waits holds up everybody who comes after it, so a backup gives way to it.
 */
final class DdlWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;
  private static final String BLOCKED =
      """
      SELECT l.pid, coalesce(min(l.relation::regclass::text), 'an object')
      FROM pg_locks l WHERE NOT l.granted AND pg_blocking_pids(l.pid) &&
        (SELECT array_agg(pid) FROM pg_stat_activity WHERE application_name = %1$s)
        AND l.pid NOT IN (SELECT pid FROM pg_stat_activity WHERE application_name = %1$s)
      GROUP BY l.pid;
      """;

  private final Server server;
  private final String database;
  private final String question;
  private final Duration limit;
  private final TimeSource time;
  private final Consumer<String> giveWay;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Long> waitingSince = new HashMap<>();

  private DdlWatch(
      Server server, PostgresOptions options, String applicationName, Consumer<String> giveWay) {
    this.server = server;
    this.database = options.database();
    this.question = BLOCKED.formatted(Identifiers.literal(applicationName));
    this.limit = options.giveWayAfter();
    this.time = server.time();
    this.giveWay = giveWay;
  }

  /**
   * Begins to look.
   *
   * @param applicationName that all sessions of the backup have
   * @param giveWay told why the backup has to end; on a thread of the watch
   */
  static DdlWatch start(
      Server server, PostgresOptions options, String applicationName, Consumer<String> giveWay) {
    DdlWatch watch = new DdlWatch(server, options, applicationName, giveWay);
    Thread thread = new Thread(watch::run, "ops-backup-ddl-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try (SqlSession session = server.session(database, LibpqEnvironment.NAME)) {
      do {
        look(session.query(question));
      } while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (IOException | BackupException e) {
      // Nobody would notice a migration that waits for hours.
      giveWay.accept("who waits for the backup could not be seen: " + e.getMessage());
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(List<List<String>> blocked) {
    long now = time.nanoTime();
    waitingSince.keySet().retainAll(blocked.stream().map(row -> row.get(0)).toList());
    for (List<String> row : blocked) {
      long since = waitingSince.computeIfAbsent(row.get(0), pid -> now);
      if (now - since >= limit.toNanos()) {
        giveWay.accept(
            "the backup gave way to process %s of the server, which has waited %s for a lock on %s;"
                    .formatted(row.get(0), limit, row.get(1))
                + " try later");
      }
    }
  }
}
