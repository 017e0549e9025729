package dev.opskit.health;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Weighs what is known of the checks into the answer to a page. Thread-safe. */
final class Reports {
  private static final HealthResult STALLED =
      HealthResult.unknown(HealthCause.STALE, "the health engine itself does not move");
  private static final Duration SOON = Duration.ofSeconds(1);

  private final CheckEngine engine;
  private final Supplier<@Nullable OutOfService> outOfService;
  private volatile boolean started;

  Reports(CheckEngine engine, Supplier<@Nullable OutOfService> outOfService) {
    this.engine = engine;
    this.outOfService = outOfService;
  }

  HealthReport at(Page page, long nowNanos) {
    boolean stalled = engine.isStalled(nowNanos);
    HealthStatus status = stalled ? HealthStatus.UNKNOWN : HealthStatus.UP;
    boolean notYetRun = false;
    List<CheckReport> checks = new ArrayList<>();
    for (Watched watched : engine.watched()) {
      if (page.shows(watched.spec())) {
        HealthResult result = stalled ? STALLED : watched.loop().resultAt(nowNanos);
        checks.add(watched.report(result, nowNanos));
        if (page.weighs(watched.spec())) {
          status = status.worst(weigh(result.status(), watched.spec().critical()));
          notYetRun |= result.cause() == HealthCause.NOT_YET_RUN;
        }
      }
    }
    boolean available = available(page, status);
    OutOfService out = page.tellsOfTraffic() ? outOfService.get() : null;
    return out == null
        ? new HealthReport(status, available, null, notYetRun && !available ? SOON : null, checks)
        : new HealthReport(HealthStatus.DOWN, false, out.why(), out.retryAfter(), checks);
  }

  private static HealthStatus weigh(HealthStatus status, boolean critical) {
    boolean isFailing = status == HealthStatus.DOWN || status == HealthStatus.UNKNOWN;
    return isFailing && !critical ? HealthStatus.DEGRADED : status;
  }

  /** A service that has started once has started: what breaks later is for the other probes. */
  private boolean available(Page page, HealthStatus status) {
    boolean yes =
        switch (status) {
          case UP, DEGRADED -> true;
          case UNKNOWN -> page == Page.HEALTH;
          case DOWN -> false;
        };
    if (page == Page.STARTUP) {
      started |= yes;
      return started;
    }
    return yes;
  }
}
