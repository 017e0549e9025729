/** Secrets that are rotated while a real database is logged in to with them. */
@NullMarked
package dev.opskit.verification.integration.secrets;

import org.jspecify.annotations.NullMarked;
