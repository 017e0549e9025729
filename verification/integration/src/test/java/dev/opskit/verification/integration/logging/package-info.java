/** Log lines as others read them. */
@NullMarked
package dev.opskit.verification.integration.logging;

import org.jspecify.annotations.NullMarked;
