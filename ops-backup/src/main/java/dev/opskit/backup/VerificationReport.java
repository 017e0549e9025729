package dev.opskit.backup;

import java.time.Duration;

/**
 * Every chunk of a backup was read and had its checksum, and the strategy could parse the whole.
 *
 * @param id the backup
 * @param chunks how many chunks were read
 * @param plainBytes how much data that was
 * @param took how long it took
 */
public record VerificationReport(String id, int chunks, long plainBytes, Duration took) {}
