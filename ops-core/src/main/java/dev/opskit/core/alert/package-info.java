/** The alert SPI: features raise and resolve alerts, a sink delivers them. */
@NullMarked
package dev.opskit.core.alert;

import org.jspecify.annotations.NullMarked;
