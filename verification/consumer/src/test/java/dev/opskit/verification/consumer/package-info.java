/** The BOM, seen from a build that imports it. */
@NullMarked
package dev.opskit.verification.consumer;

import org.jspecify.annotations.NullMarked;
