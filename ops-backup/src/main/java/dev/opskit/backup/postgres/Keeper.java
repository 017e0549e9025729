package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The one transaction that lives as long as a dump does. It holds the snapshot that everything of a
 * backup is read from, and the lock that lets no second backup of the database run; both go with
 * it, however its session ends.
 */
final class Keeper {
  /** Any number that others are unlikely to use: the first bytes of "opskit" as ASCII. */
  private static final long LOCK = 0x6f70736b69740001L;

  private final SqlSession session;
  private final String snapshot;
  private final List<List<String>> sequences;

  private Keeper(SqlSession session, String snapshot, List<List<String>> sequences) {
    this.session = session;
    this.snapshot = snapshot;
    this.sequences = sequences;
  }

  static Keeper open(SqlSession session, String database) throws IOException, InterruptedException {
    session.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;");
    if (!session.value("SELECT pg_try_advisory_xact_lock(%d);".formatted(LOCK)).equals("t")) {
      throw new BackupUnavailableException(
          "another backup of database %s is running, try later".formatted(database));
    }
    String snapshot = session.value("SELECT pg_export_snapshot();");
    return new Keeper(session, snapshot, session.query(Script.SEQUENCES.text()));
  }

  String snapshot() {
    return snapshot;
  }

  Map<String, String> facts() throws IOException, InterruptedException {
    return DatabaseFacts.read(session);
  }

  String settings() throws IOException, InterruptedException {
    return DatabaseSettings.read(session);
  }

  String globals() throws IOException, InterruptedException {
    return DatabaseGlobals.read(session);
  }

  /** What is to be dumped at the same time. */
  List<Archives.Archive> archives(int shards) throws IOException, InterruptedException {
    return Archives.read(session, shards);
  }

  /**
   * Lets the server begin; it works while the dump runs, with as many of its processes as that, so
   * that neither takes the cores which the other or a service needs.
   */
  void beginFingerprint(int shards) {
    session.ask(
        "SET max_parallel_workers_per_gather = %d;\n%s"
            .formatted(shards - 1, Script.FINGERPRINT.text()));
  }

  /** To be called once, after the dump has ended. */
  Fingerprint fingerprint() throws IOException, InterruptedException {
    List<List<String>> lines = session.answer();
    return Fingerprint.of(lines, sequences, session.query(Script.SEQUENCES.text()));
  }

  void end(String reason) {
    session.end(reason);
  }
}
