/** The metrics page against promtool and a real Prometheus. */
@NullMarked
package dev.opskit.verification.integration.metrics;

import org.jspecify.annotations.NullMarked;
