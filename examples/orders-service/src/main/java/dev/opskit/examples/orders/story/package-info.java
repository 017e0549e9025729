/** A short day of the reference service, acted out and told with what really happened. */
@NullMarked
package dev.opskit.examples.orders.story;

import org.jspecify.annotations.NullMarked;
