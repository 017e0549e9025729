package dev.opskit.core.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param route the template that matched, for example <code>/orders/{id}</code>; null if none did
 * @param status the HTTP status that was sent; 500 if the handler failed, also after it had begun a
 *     better answer
 * @param duration from the first byte that the adapter saw to the end of the handler
 * @param responseBytes the declared length of the body in bytes, -1 if it is not known
 * @param failure what the handler threw, null if nothing
 */
public record RequestOutcome(
    @Nullable String route,
    int status,
    Duration duration,
    long responseBytes,
    @Nullable Throwable failure) {}
