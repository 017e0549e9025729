/** Contracts for implementers of the SPIs of ops-core, and a fake for those who call them. */
@NullMarked
package dev.opskit.testkit.core;

import org.jspecify.annotations.NullMarked;
