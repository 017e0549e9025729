package dev.opskit.backup.postgres;

import dev.opskit.core.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link PostgresBackup}. Confined to one thread. */
public final class PostgresBackupBuilder {
  private static final Set<String> OURS =
      Set.of("PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGPASSFILE");

  final PostgresServer server;
  Duration lockWait = Duration.ofSeconds(30);
  Duration stallLimit = Duration.ofMinutes(10);
  TimeSource time = TimeSource.system();
  private final DataSource dataSource;
  private final Supplier<char[]> password;
  private @Nullable Path toolFolder;
  private Map<String, String> settings = Map.of();

  PostgresBackupBuilder(PostgresServer server, DataSource dataSource, Supplier<char[]> password) {
    this.server = Objects.requireNonNull(server, "server");
    this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    this.password = Objects.requireNonNull(password, "password");
  }

  /**
   * The only folder in which pg_dump and pg_restore are looked for.
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
    return new PostgresBackup(
        locator,
        new LibpqEnvironment(server, password, Map.copyOf(settings)),
        new DatabaseSql(dataSource),
        this);
  }

  private static void requireDuration(String option, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(option + " is " + value + ", must be 1 ms to 1 day");
    }
  }
}
