/**
 * PostgreSQL databases as what is backed up, by means of its own pg_dump and pg_restore. Needs the
 * JDK only; the host brings the JDBC driver.
 */
@NullMarked
package dev.opskit.backup.postgres;

import org.jspecify.annotations.NullMarked;
