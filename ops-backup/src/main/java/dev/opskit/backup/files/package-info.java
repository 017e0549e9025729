/** Backs up a folder. Nothing else of the library needs it. */
@NullMarked
package dev.opskit.backup.files;

import org.jspecify.annotations.NullMarked;
