/** Guarded delivery of a feature's events to its listeners. */
@NullMarked
package dev.opskit.core.event;

import org.jspecify.annotations.NullMarked;
