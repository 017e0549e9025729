/**
 * A PostgreSQL server of the example's own, so that it runs on real input without any set-up. A
 * real service is given its database and has nothing like this.
 */
@NullMarked
package dev.opskit.examples.orders.postgres;

import org.jspecify.annotations.NullMarked;
