package dev.opskit.health;

import dev.opskit.core.health.DependencyScope;
import java.time.Duration;
import java.util.Set;

/** The validated options of one check. */
record CheckSpec(
    String name,
    Set<Probe> probes,
    Duration timeout,
    Duration interval,
    Duration intervalWhileDown,
    Duration maxAge,
    DependencyScope scope,
    boolean interruptible) {}
