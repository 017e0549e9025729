/**
 * Backups in chunks with one manifest that is written last: the service, the catalog, and the SPIs
 * for what is backed up and where it is kept.
 */
@NullMarked
package dev.opskit.backup;

import org.jspecify.annotations.NullMarked;
