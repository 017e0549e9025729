/** Maintenance mode: recovery switches it, health shows it. */
@NullMarked
package dev.opskit.core.maintenance;

import org.jspecify.annotations.NullMarked;
