/** The one clock of the SDK and a clock that tests drive. */
@NullMarked
package dev.opskit.core.time;

import org.jspecify.annotations.NullMarked;
