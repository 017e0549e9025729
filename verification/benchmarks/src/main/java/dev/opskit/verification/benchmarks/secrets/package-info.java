/** The secrets beside AWS's own cache of them, aws-secretsmanager-caching-java. */
@NullMarked
package dev.opskit.verification.benchmarks.secrets;

import org.jspecify.annotations.NullMarked;
