package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL database, version 13 or newer, by pg_dump and pg_restore of the server's major
 * version, which have to be installed.
 *
 * <p>A dump is one consistent snapshot in pg_dump's custom format. It has no roles, no settings of
 * the database, no planner statistics and no owners; a restored database belongs to the user who
 * restores it and wants an {@code ANALYZE}. A database with an ICU collation is restored with the
 * server's default provider.
 *
 * <p>Thread-safe. Each tool that runs has two daemon threads beside the caller's. Nothing to close;
 * the data source stays the host's.
 */
public final class PostgresBackup implements BackupStrategy {
  private static final Logger logger = LoggerFactory.getLogger(PostgresBackup.class);
  private static final String STREAM = "database";

  private final ToolLocator locator;
  private final LibpqEnvironment environment;
  private final DatabaseSql sql;
  private final String database;
  private final Duration lockWait;
  private final Duration stallLimit;
  private final TimeSource time;

  PostgresBackup(
      ToolLocator locator,
      LibpqEnvironment environment,
      DatabaseSql sql,
      PostgresBackupBuilder options) {
    this.locator = locator;
    this.environment = environment;
    this.sql = sql;
    this.database = options.server.database();
    this.lockWait = options.lockWait;
    this.stallLimit = options.stallLimit;
    this.time = options.time;
  }

  /**
   * A strategy with the default options.
   *
   * @param server where the tools connect to
   * @param dataSource connections to any database of that server, for a few short statements; their
   *     user needs CREATEDB if restores are wanted
   * @param password called once for each tool that connects; a fresh array each time, which is
   *     wiped; empty if the server wants none
   * @return the strategy
   */
  public static PostgresBackup of(
      PostgresServer server, DataSource dataSource, Supplier<char[]> password) {
    return builder(server, dataSource, password).build();
  }

  /**
   * Starts a builder.
   *
   * @param server as for {@link #of}
   * @param dataSource as for {@link #of}
   * @param password as for {@link #of}
   * @return a builder in which every option has a default
   */
  public static PostgresBackupBuilder builder(
      PostgresServer server, DataSource dataSource, Supplier<char[]> password) {
    return new PostgresBackupBuilder(server, dataSource, password);
  }

  @Override
  public String format() {
    return "postgres-custom";
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    Map<String, String> facts = sql.describe(database);
    PgTools tools = locator.exactly(sql.serverMajor());
    facts.put("tool.version", tools.version());
    facts.put("tool.major", Integer.toString(tools.major()));
    List<String> command =
        List.of(
            tools.pgDump().toString(),
            "--format=custom",
            // Compressed and hashed by us, which is faster and finds damage that pg_restore cannot.
            "--compress=0",
            "--no-password",
            // Holding up a migration is worse than a late backup.
            "--lock-wait-timeout=" + lockWait.toMillis());
    try (ToolProcess pgDump =
        command(command, environment.of(database), stallLimit)
            .start(ProcessBuilder.Redirect.PIPE)) {
      OutputStream out = sink.stream(STREAM);
      pgDump.stdout().transferTo(out);
      String warnings = pgDump.awaitSuccess();
      if (!warnings.isEmpty()) {
        logger.warn("pg_dump of {} warned: {}", database, warnings);
        facts.put("tool.warnings", warnings);
      }
      out.close();
    }
    return facts;
  }

  @Override
  public void inspect(BackupSource source) throws IOException, InterruptedException {
    PgTools tools = locator.atLeast(toolMajor(source));
    List<String> command = List.of(tools.pgRestore().toString(), "--file=-");
    try (InputStream archive = source.open(STREAM);
        ToolProcess pgRestore =
            command(command, Map.of(), null).start(ProcessBuilder.Redirect.DISCARD)) {
      pgRestore.feed(archive);
      ToolProcess.Ending ending = pgRestore.await();
      if (ending.wasKilled()) {
        throw new BackupUnavailableException(pgRestore.describe(ending));
      }
      if (ending.status() != 0) {
        throw new BackupCorruptException(pgRestore.describe(ending));
      }
    }
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException, InterruptedException {
    PgTools tools = locator.exactly(sql.serverMajor());
    sql.create(target, source.facts());
    Throwable failure = null;
    try {
      load(source, target, tools);
    } catch (Throwable t) {
      failure = t;
      throw t;
    } finally {
      if (failure != null) {
        dropAfter(failure, target);
      }
    }
  }

  private void load(BackupSource source, String target, PgTools tools)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(tools.pgRestore().toString());
    command.add("--exit-on-error");
    command.add("--no-owner");
    command.add("--no-password");
    command.add("--dbname=" + Identifiers.connectionString(target));
    try (InputStream archive = source.open(STREAM);
        ToolProcess pgRestore =
            command(command, environment.of(target), null).start(ProcessBuilder.Redirect.DISCARD)) {
      pgRestore.feed(archive);
      String warnings = pgRestore.awaitSuccess();
      if (!warnings.isEmpty()) {
        logger.warn("pg_restore into {} warned: {}", target, warnings);
      }
    }
  }

  private void dropAfter(Throwable failure, String target) {
    // A connection pool gives an interrupted thread nothing.
    boolean interrupted = Thread.interrupted();
    try {
      sql.drop(target);
    } catch (RuntimeException e) {
      logger.warn("database {} is incomplete and could not be dropped, drop it by hand", target, e);
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ToolCommand command(
      List<String> command, Map<String, String> libpq, @Nullable Duration patience) {
    return new ToolCommand(command, libpq, patience, time);
  }

  private static int toolMajor(BackupSource source) {
    String major = DatabaseSql.fact(source.facts(), "tool.major");
    try {
      return Integer.parseInt(major);
    } catch (NumberFormatException e) {
      throw new BackupCorruptException("the fact tool.major is '" + major + "'", e);
    }
  }
}
