/** The health-check SPI: every feature and every user ships checks, one engine runs them. */
@NullMarked
package dev.opskit.core.health;

import org.jspecify.annotations.NullMarked;
