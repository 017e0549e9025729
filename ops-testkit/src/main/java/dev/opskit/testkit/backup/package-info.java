/** Contracts for implementers of a backup store or strategy, and a store for users' tests. */
@NullMarked
package dev.opskit.testkit.backup;

import org.jspecify.annotations.NullMarked;
