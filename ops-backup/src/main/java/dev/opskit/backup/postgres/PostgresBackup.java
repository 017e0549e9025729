package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupProblem;
import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.GlobalsStrategy;
import dev.opskit.backup.InPlaceStrategy;
import dev.opskit.backup.PreflightStrategy;
import dev.opskit.backup.RestorePoint;
import dev.opskit.backup.Scratch;
import dev.opskit.backup.SwappingStrategy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One PostgreSQL database, version 14 or newer, by pg_dump, pg_restore and psql of the server's
 * major version, which have to be installed.
 *
 * <p>A backup is one consistent snapshot: the archive of pg_dump in its custom format, the settings
 * of the database itself (owner, grants, parameters), and a fingerprint of everything, by which a
 * restored copy is compared. While it is taken no other backup of the same database can be, by
 * whatever process. The roles that the database needs are in it without their passwords: a restore
 * wants them to exist, unless it was built {@linkplain PostgresBackupBuilder#withoutRoles() without
 * roles}, and {@link #createGlobals} makes them. Tablespaces have to exist.
 *
 * <p>Thread-safe. Each tool that runs has two daemon threads beside the caller's, a dump one more.
 * Nothing to close.
 */
public final class PostgresBackup
    implements BackupStrategy,
        PreflightStrategy,
        GlobalsStrategy,
        SwappingStrategy,
        InPlaceStrategy {
  private final Server server;
  private final PostgresOptions options;
  private final PostgresLoad load;
  private final DatabaseNames names;
  private final DatabaseSwap swap;

  PostgresBackup(Server server, PostgresOptions options) {
    this.server = server;
    this.options = options;
    this.load = new PostgresLoad(server, options);
    this.names = new DatabaseNames(options.database());
    this.swap = new DatabaseSwap(server, names);
  }

  /**
   * A strategy with the default options.
   *
   * @param server where the tools connect to, and as whom
   * @param password called once for each tool that connects; a fresh array each time, which is
   *     wiped; empty if the server wants none
   * @return the strategy
   */
  public static PostgresBackup of(PostgresServer server, Supplier<char[]> password) {
    return builder(server, password).build();
  }

  /**
   * Starts a builder.
   *
   * @param server as for {@link #of}
   * @param password as for {@link #of}
   * @return a builder in which every option has a default
   */
  public static PostgresBackupBuilder builder(PostgresServer server, Supplier<char[]> password) {
    return new PostgresBackupBuilder(server, password);
  }

  @Override
  public String format() {
    return "postgres-custom";
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    return new PostgresDump(server, options).run(sink);
  }

  @Override
  public void inspect(BackupSource source) throws IOException, InterruptedException {
    load.inspect(source);
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException, InterruptedException {
    load.into(source, target);
  }

  @Override
  public List<BackupProblem> problems(Purpose purpose, Map<String, String> facts)
      throws IOException, InterruptedException {
    return new PostgresPreflight(server, options).run(purpose, facts);
  }

  /**
   * Creates the roles that are missing, with their attributes, settings, comments and memberships,
   * and without passwords: who logs in with one needs a new one.
   */
  @Override
  public List<String> createGlobals(BackupSource source) throws IOException, InterruptedException {
    return load.createGlobals(source);
  }

  @Override
  public Scratch scratch() throws IOException, InterruptedException {
    return ScratchDatabase.reserve(server, load, names);
  }

  @Override
  public String live() {
    return options.database();
  }

  @Override
  public Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException {
    return swap.swapIn(target);
  }

  @Override
  public List<RestorePoint> restorePoints() throws IOException, InterruptedException {
    return swap.restorePoints();
  }

  @Override
  public void drop(RestorePoint point) throws IOException, InterruptedException {
    swap.drop(point);
  }

  @Override
  public void restoreInPlace(BackupSource source) throws IOException, InterruptedException {
    load.inPlace(source);
  }
}
