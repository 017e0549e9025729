/** Backups of a real PostgreSQL, into real stores. */
@NullMarked
package dev.opskit.verification.integration.backup;

import org.jspecify.annotations.NullMarked;
