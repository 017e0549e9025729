package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How logging is to be, checked. */
record LogSettings(
    ServiceIdentity identity,
    Schema schema,
    Level level,
    Map<String, Level> levels,
    @Nullable Path folder,
    ConsoleFormat console,
    Level consoleLevel,
    RollingLimits combined,
    RollingLimits error,
    List<String> complaints) {}
