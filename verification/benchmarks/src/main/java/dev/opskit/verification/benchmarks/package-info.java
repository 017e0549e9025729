/** Benchmarks of hot paths, each beside a peer that does the same work. */
@NullMarked
package dev.opskit.verification.benchmarks;

import org.jspecify.annotations.NullMarked;
