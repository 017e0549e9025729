/**
 * Turns what other features report into meters; each class needs the feature that it is named
 * after.
 */
@NullMarked
package dev.opskit.metrics.bind;

import org.jspecify.annotations.NullMarked;
