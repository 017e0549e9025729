package dev.opskit.health;

import dev.opskit.core.health.HealthResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check. Immutable.
 *
 * @param name the name it was registered under
 * @param result its last result; {@code UNKNOWN} when there is none that can be believed
 * @param age how old the result is; null if the check has never finished
 * @param stuckAt the stack frame in which a run that timed out stands, null if none does
 */
public record CheckReport(
    String name, HealthResult result, @Nullable Duration age, @Nullable String stuckAt) {}
