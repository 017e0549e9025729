/** What the tests of several packages share. */
@NullMarked
package dev.opskit.core.testing;

import org.jspecify.annotations.NullMarked;
