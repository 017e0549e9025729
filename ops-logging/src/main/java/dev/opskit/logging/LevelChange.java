package dev.opskit.logging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A level that is changed for a while.
 *
 * @param logger the logger's name, {@code ROOT} for the root
 * @param level the level that it has until then
 * @param original the level that it gets back; null if it has none of its own
 * @param until when, by the wall clock at the time of the change
 */
public record LevelChange(String logger, String level, @Nullable String original, Instant until) {}
