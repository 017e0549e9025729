package dev.opskit.core.http;

import dev.opskit.core.correlation.CorrelationContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request when it begins.
 *
 * @param method the method as it was sent, not validated
 * @param path the raw path, not validated: never use it as a metric label
 * @param userAgent the {@code user-agent} header, null if there is none
 * @param correlation the context that the request runs in
 */
public record RequestInfo(
    String method, String path, @Nullable String userAgent, CorrelationContext correlation) {}
