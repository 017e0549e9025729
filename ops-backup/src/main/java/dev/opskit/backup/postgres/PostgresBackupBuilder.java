package dev.opskit.backup.postgres;

import dev.opskit.core.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link PostgresBackup}. Confined to one thread. */
public final class PostgresBackupBuilder {
  private static final Set<String> OURS =
      Set.of("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE");

  private final PostgresServer server;
  private final Supplier<char[]> password;
  private Duration lockWait = Duration.ofSeconds(30);
  private Duration stallLimit = Duration.ofMinutes(10);
  private Duration giveWayAfter = Duration.ofSeconds(10);
  private boolean withRoles = true;
  private int shards = 1;
  private @Nullable LongSupplier freeSpace;
  private String maintenance = "postgres";
  private TimeSource time = TimeSource.system();
  private @Nullable Path toolFolder;
  private Map<String, String> settings = Map.of();

  PostgresBackupBuilder(PostgresServer server, Supplier<char[]> password) {
    this.server = Objects.requireNonNull(server, "server");
    this.password = Objects.requireNonNull(password, "password");
  }

  /**
   * The only folder in which pg_dump, pg_restore and psql are looked for.
   *
   * @param folder default: the folders where packages install them, then the {@code PATH}; of
   *     several versions the one is taken that fits the server
   * @return this
   */
  public PostgresBackupBuilder toolFolder(Path folder) {
    this.toolFolder = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * How long pg_dump waits for a lock on a table, for example while a migration runs, before the
   * backup fails.
   *
   * @param atMost 1 ms to 1 day, default 30 s
   * @return this
   */
  public PostgresBackupBuilder lockWait(Duration atMost) {
    this.lockWait = Objects.requireNonNull(atMost, "atMost");
    return this;
  }

  /**
   * How long pg_dump may produce nothing before it is ended and the backup fails. Time that the
   * store takes does not count.
   *
   * @param atMost 1 ms to 1 day, default 10 min
   * @return this
   */
  public PostgresBackupBuilder stallLimit(Duration atMost) {
    this.stallLimit = Objects.requireNonNull(atMost, "atMost");
    return this;
  }

  /**
   * How long somebody may wait for a lock that a backup holds, before the backup ends itself and
   * fails with {@link dev.opskit.backup.BackupUnavailableException}. A migration that waits makes
   * everybody wait who comes after it.
   *
   * @param atMost 1 ms to 1 day, default 10 s; looked at every half second
   * @return this
   */
  public PostgresBackupBuilder giveWayAfter(Duration atMost) {
    this.giveWayAfter = Objects.requireNonNull(atMost, "atMost");
    return this;
  }

  /**
   * How many pg_dump processes dump data at the same time, all of one snapshot, and how many
   * pg_restore processes load it into a new database. Tables are shared out by their size as the
   * last ANALYZE has seen it; one table is never split. Each process takes a connection and 16 MiB,
   * and what they dump has to be compressed: see {@link
   * dev.opskit.backup.BackupServiceBuilder#workers}.
   *
   * @param atMost 1 to 4, default 1
   * @return this
   */
  public PostgresBackupBuilder shards(int atMost) {
    this.shards = atMost;
    return this;
  }

  /**
   * Restores everything as the property of the user who restores, and no grants: for a server that
   * does not have the roles of the one that the backup is from.
   *
   * @return this; default: owners and grants are restored, and a restore is refused while roles are
   *     missing
   */
  public PostgresBackupBuilder withoutRoles() {
    this.withRoles = false;
    return this;
  }

  /**
   * How much space the server's disk has left, which no server tells. With it a restore is refused
   * that would fill the disk: a copy needs as much as the database had when it was backed up.
   *
   * @param bytes asked before each restore on its thread; default: unknown, nothing is refused
   * @return this
   */
  public PostgresBackupBuilder freeSpace(LongSupplier bytes) {
    this.freeSpace = Objects.requireNonNull(bytes, "bytes");
    return this;
  }

  /**
   * Another database of the same server, from which databases are created, renamed and dropped.
   *
   * @param database default: {@code postgres}
   * @return this
   */
  public PostgresBackupBuilder maintenanceDatabase(String database) {
    this.maintenance = Objects.requireNonNull(database, "database");
    return this;
  }

  /**
   * More of libpq's environment variables, such as {@code PGSSLMODE} and {@code PGSSLROOTCERT}.
   * None is inherited from the host's own environment.
   *
   * @param variables names beginning with PG, except those that this library sets; default: none
   * @return this
   */
  public PostgresBackupBuilder libpq(Map<String, String> variables) {
    this.settings = new HashMap<>(variables);
    return this;
  }

  /**
   * The clock by which a stall is measured.
   *
   * @param time default: the system's
   * @return this
   */
  public PostgresBackupBuilder time(TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Builds the strategy. Nothing is looked for or connected to yet, except that the tool folder
   * must exist.
   *
   * @return the strategy
   * @throws IllegalArgumentException if an option is bad, naming it
   */
  public PostgresBackup build() {
    requireDuration("lockWait", lockWait);
    requireDuration("stallLimit", stallLimit);
    requireDuration("giveWayAfter", giveWayAfter);
    if (shards < 1 || shards > 4) {
      throw new IllegalArgumentException("shards is " + shards + ", must be 1 to 4");
    }
    if (maintenance.isBlank() || maintenance.equals(server.database())) {
      throw new IllegalArgumentException(
          "maintenanceDatabase is '%s', must be another one than the database that is backed up"
              .formatted(maintenance));
    }
    for (String name : settings.keySet()) {
      if (!name.startsWith("PG") || OURS.contains(name)) {
        throw new IllegalArgumentException("libpq: '" + name + "' cannot be set here");
      }
    }
    if (toolFolder != null && !Files.isDirectory(toolFolder)) {
      throw new IllegalArgumentException("toolFolder '" + toolFolder + "' is no folder");
    }
    ToolLocator locator =
        toolFolder == null ? ToolLocator.ofSystem(time) : ToolLocator.in(toolFolder, time);
    LibpqEnvironment environment = new LibpqEnvironment(server, password, Map.copyOf(settings));
    return new PostgresBackup(
        new Server(locator, environment, maintenance, time),
        new PostgresOptions(
            server.database(), lockWait, stallLimit, giveWayAfter, withRoles, shards, freeSpace));
  }

  private static void requireDuration(String option, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(option + " is " + value + ", must be 1 ms to 1 day");
    }
  }
}
