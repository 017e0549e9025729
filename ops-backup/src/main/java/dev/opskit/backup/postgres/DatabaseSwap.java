package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.RestorePoint;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts one database into the place of another by renaming both in one transaction.
 *
 * <p>The first renaming locks the live database: the server lets nobody in until the transaction
 * ends, and waits some seconds for those who are in it, who are sent away meanwhile. So there is no
 * switch that a run which dies could leave turned off, and no race against clients that connect
 * faster than they can be sent away.
 */
final class DatabaseSwap {
  /** Not before the door is shut: they would be back at once. Then a pause, on the server. */
  private static final String SEND_AWAY =
      """
      SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a, pg_locks l
      WHERE l.pid = %s AND l.granted AND l.classid = 'pg_database'::regclass
        AND l.mode = 'AccessExclusiveLock' AND a.datname IN (%s, %s)
        AND a.backend_type <> 'autovacuum worker';
      SELECT pg_sleep(0.01);
      """;

  private final Server server;
  private final DatabaseNames names;

  DatabaseSwap(Server server, DatabaseNames names) {
    this.server = server;
    this.names = names;
  }

  Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException {
    if (!names.isScratch(target) && names.replacedAt(target).isEmpty()) {
      throw new BackupRefusedException(
          "database %s is neither restored for %s nor a restore point of it"
              .formatted(target, names.live()));
    }
    String live = names.live();
    Instant now = server.time().now();
    String old = names.old(now);
    boolean replaces = server.exists(live);
    String renaming = replaces ? rename(live, old) + rename(target, live) : rename(target, live);
    try (SqlSession swap = server.session();
        SqlSession bouncer = server.session()) {
      String sendAway =
          SEND_AWAY.formatted(
              swap.value("SELECT pg_backend_pid();"),
              Identifiers.literal(live),
              Identifiers.literal(target));
      swap.ask("BEGIN;\n" + renaming + "COMMIT;");
      do {
        bouncer.query(sendAway);
      } while (!swap.hasAnswered());
      swap.answer();
    }
    return replaces ? Optional.of(new RestorePoint(old, now)) : Optional.empty();
  }

  List<RestorePoint> restorePoints() throws IOException, InterruptedException {
    try (SqlSession session = server.session()) {
      return session.query("SELECT datname FROM pg_database;").stream()
          .map(row -> row.get(0))
          .flatMap(
              name -> names.replacedAt(name).stream().map(since -> new RestorePoint(name, since)))
          .sorted(Comparator.comparing(RestorePoint::since).reversed())
          .toList();
    }
  }

  void drop(RestorePoint point) throws IOException, InterruptedException {
    if (names.replacedAt(point.target()).isEmpty()) {
      throw new BackupRefusedException(
          "database %s is no restore point of %s".formatted(point.target(), names.live()));
    }
    server.drop(point.target());
  }

  private static String rename(String from, String to) {
    return "ALTER DATABASE %s RENAME TO %s;\n"
        .formatted(Identifiers.quoted(from), Identifiers.quoted(to));
  }
}
