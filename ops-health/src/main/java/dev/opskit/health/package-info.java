/**
 * Health checks that run in the background and probes that only read what they found. Start with
 * {@link dev.opskit.health.Health} and {@link dev.opskit.health.HealthEndpoints}.
 */
@NullMarked
package dev.opskit.health;

import org.jspecify.annotations.NullMarked;
