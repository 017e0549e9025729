package dev.opskit.spring.boot;

import dev.opskit.backup.Retention;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Backups.
 *
 * @param source Names what is backed up, in lower-case letters, digits and dashes. Without it there
 *     is no BackupService.
 * @param folder Where backups are kept, unless there is a BackupStore bean.
 * @param maxAge How old the newest backup may be before a check says DEGRADED; no check if not set.
 * @param keepDays How many days backups are kept when retention runs.
 * @param keepLast How many of the last backups are kept when retention runs.
 * @param postgres The database, unless there is a BackupStrategy bean.
 */
record BackupProperties(
    @Nullable String source,
    @Nullable Path folder,
    @Nullable Duration maxAge,
    @Nullable Integer keepDays,
    @Nullable Integer keepLast,
    @Nullable Postgres postgres) {

  @Nullable Retention retention() {
    if (keepDays == null) {
      return keepLast == null ? null : Retention.last(keepLast);
    }
    return keepLast == null ? Retention.days(keepDays) : Retention.days(keepDays).orLast(keepLast);
  }

  /**
   * A PostgreSQL database that is backed up.
   *
   * @param host Its host.
   * @param port Its port.
   * @param database Its name.
   * @param secret The store's name for the secret that holds user and password.
   */
  record Postgres(
      @DefaultValue("localhost") String host,
      @DefaultValue("5432") int port,
      String database,
      String secret) {}
}
