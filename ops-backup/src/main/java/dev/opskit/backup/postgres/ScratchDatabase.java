package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Scratch;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that is there for a while. A lock on its name lives as long as whoever uses it, so one
 * that nobody holds was left by a run that died.
 */
final class ScratchDatabase implements Scratch {
  private static final Logger logger = LoggerFactory.getLogger(ScratchDatabase.class);

  private final PostgresLoad load;
  private final SqlSession holder;
  private final String target;

  private ScratchDatabase(PostgresLoad load, SqlSession holder, String target) {
    this.load = load;
    this.holder = holder;
    this.target = target;
  }

  static ScratchDatabase reserve(Server server, PostgresLoad load, DatabaseNames names)
      throws IOException, InterruptedException {
    SqlSession holder = server.session();
    boolean reserved = false;
    try {
      dropLeftOvers(server, holder, names);
      String target = names.scratch(server.time().now());
      if (!lock(holder, target)) {
        throw new BackupUnavailableException("the name " + target + " is taken, try again");
      }
      reserved = true;
      return new ScratchDatabase(load, holder, target);
    } finally {
      if (!reserved) {
        holder.close();
      }
    }
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public List<String> differences(BackupSource source) throws IOException, InterruptedException {
    return load.differences(source, target);
  }

  @Override
  public void close() {
    load.dropIncomplete(target);
    holder.close();
  }

  private static void dropLeftOvers(Server server, SqlSession holder, DatabaseNames names)
      throws IOException, InterruptedException {
    for (List<String> row : holder.query("SELECT datname FROM pg_database;")) {
      String database = row.get(0);
      if (names.isScratch(database) && lock(holder, database)) {
        try {
          logger.info("dropping database {}, which a restore that died has left", database);
          server.drop(database);
        } catch (BackupException e) {
          logger.warn("database {} could not be dropped, drop it by hand", database, e);
        }
        holder.query("SELECT pg_advisory_unlock(%s);".formatted(key(database)));
      }
    }
  }

  private static boolean lock(SqlSession holder, String database)
      throws IOException, InterruptedException {
    return holder.value("SELECT pg_try_advisory_lock(%s);".formatted(key(database))).equals("t");
  }

  private static String key(String database) {
    return "hashtextextended(%s, 0)".formatted(Identifiers.literal(database));
  }
}
