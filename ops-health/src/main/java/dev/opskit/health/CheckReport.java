package dev.opskit.health;

import dev.opskit.core.health.HealthResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one check. Immutable.
 *
 * @param name the name it was registered under
 * @param result what is reported of it; {@code UNKNOWN} when there is nothing that can be believed
 * @param age how old that is, counted from the start of the run; null if the check never finished
 * @param duration how long the last run took; null if the check never finished
 * @param since when its status changed to what it is
 * @param stuckAt the stack frame in which a run that timed out stands, null if none does
 * @param tags the tags it was registered with
 */
public record CheckReport(
    String name,
    HealthResult result,
    @Nullable Duration age,
    @Nullable Duration duration,
    Instant since,
    @Nullable String stuckAt,
    Set<String> tags) {
  /** Copies the tags. */
  public CheckReport {
    tags = Set.copyOf(tags);
  }
}
