/**
 * Delivers alerts: {@link dev.opskit.metrics.alert.AlertmanagerSink}, {@link
 * dev.opskit.metrics.alert.WebhookSink}, {@link dev.opskit.metrics.alert.LogSink}, and {@link
 * dev.opskit.metrics.alert.FanOutSink} to have several.
 */
@NullMarked
package dev.opskit.metrics.alert;

import org.jspecify.annotations.NullMarked;
