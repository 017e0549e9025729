/** Alerts as a real Alertmanager and strict receivers get them. */
@NullMarked
package dev.opskit.verification.integration.alerts;

import org.jspecify.annotations.NullMarked;
