/** Health against databases that are frozen, processes that are stopped, and signals. */
@NullMarked
package dev.opskit.verification.integration.health;

import org.jspecify.annotations.NullMarked;
