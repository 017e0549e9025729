package dev.opskit.health;

import dev.opskit.core.http.OpsResponse;
import java.util.List;

/**
 * The answers to all pages, made beforehand: reading one is an index.
 *
 * @param brief by page, for everybody
 * @param full by page, for those who may see the details
 * @param validUntilNanos when something of it may have become untrue
 */
record Snapshot(List<OpsResponse> brief, List<OpsResponse> full, long validUntilNanos) {
  OpsResponse get(Page page, boolean withDetails) {
    return (withDetails ? full : brief).get(page.ordinal());
  }
}
