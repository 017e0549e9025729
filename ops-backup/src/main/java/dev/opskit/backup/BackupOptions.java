package dev.opskit.backup;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a builder has collected besides the source, strategy and store. */
record BackupOptions(
    @Nullable RetentionPolicy retention,
    Duration orphanAge,
    double anomalyFactor,
    Compression compression,
    int workers,
    Recipients recipients,
    Duration undoWindow,
    AlertSink alerts,
    TimeSource time) {

  Packaging packaging(SecureRandom random) {
    return recipients.packaging(compression, workers, random);
  }
}
