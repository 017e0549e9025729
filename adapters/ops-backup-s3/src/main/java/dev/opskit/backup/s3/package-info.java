/** Backups in Amazon S3. */
@NullMarked
package dev.opskit.backup.s3;

import org.jspecify.annotations.NullMarked;
