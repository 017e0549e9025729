package dev.opskit.backup.postgres;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a builder has collected besides the server. */
record PostgresOptions(
    String database,
    Duration lockWait,
    Duration stallLimit,
    Duration giveWayAfter,
    boolean withRoles,
    int shards,
    @Nullable LongSupplier freeSpace) {}
