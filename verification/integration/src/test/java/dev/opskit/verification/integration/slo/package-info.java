/** What is generated from objectives, against promtool, Prometheus and what is really exported. */
@NullMarked
package dev.opskit.verification.integration.slo;

import org.jspecify.annotations.NullMarked;
