package dev.opskit.backup;

import java.time.Duration;

/**
 * A backup was looked at and found to be as it was written.
 *
 * @param id the backup
 * @param level how thoroughly
 * @param chunks how many chunks it has
 * @param plainBytes how much data that was
 * @param took how long it took
 */
public record VerificationReport(
    String id, VerificationLevel level, int chunks, long plainBytes, Duration took) {}
