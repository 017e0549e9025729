package dev.opskit.backup.postgres;

import java.nio.file.Path;

/**
 * One installation of the PostgreSQL client tools.
 *
 * @param version as the tools say it, for example {@code 15.14}
 */
record PgTools(Path pgDump, Path pgRestore, Path psql, String version, int major) {}
