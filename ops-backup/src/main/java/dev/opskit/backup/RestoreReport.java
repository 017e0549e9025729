package dev.opskit.backup;

import java.time.Duration;

/**
 * A backup was verified and loaded into a target that did not exist before.
 *
 * @param id the backup
 * @param target where the data is now
 * @param plainBytes how much data was loaded
 * @param took how long it took, verification included
 */
public record RestoreReport(String id, String target, long plainBytes, Duration took) {}
