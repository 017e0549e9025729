/** The contract of a secret provider, and a provider for tests. */
@NullMarked
package dev.opskit.testkit.secrets;

import org.jspecify.annotations.NullMarked;
