/**
 * What is generated from the declared objectives of a service: rules, their tests, a dashboard, a
 * canary gate and a runbook. Start with {@link dev.opskit.metrics.slo.SloArtefacts}.
 */
@NullMarked
package dev.opskit.metrics.slo;

import org.jspecify.annotations.NullMarked;
