/** The reference service: orders over HTTP, kept in PostgreSQL, operated with opskit. */
@NullMarked
package dev.opskit.examples.orders;

import org.jspecify.annotations.NullMarked;
