package dev.opskit.health;

import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the answers up to date, so that a probe costs one volatile read. They are made anew when
 * something changes, and each second for the sake of the ages and times in them.
 */
final class Snapshots {
  private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CheckEngine engine;
  private final Reports reports;
  private final ReportWriter writer;
  private final TimeSource time;
  private volatile Snapshot latest;
  private long madeNanos;

  Snapshots(CheckEngine engine, Reports reports, ReportWriter writer, TimeSource time) {
    this.engine = engine;
    this.reports = reports;
    this.writer = writer;
    this.time = time;
    this.latest = new Snapshot(List.of(), List.of(), time.nanoTime());
  }

  /** By the ticker, which must not put back what somebody else has just made anew. */
  synchronized void keepUp(boolean changed) {
    long now = time.nanoTime();
    if (changed || now - madeNanos >= REFRESH_NANOS || now - latest.validUntilNanos() >= 0) {
      renew();
    } else {
      latest = new Snapshot(latest.brief(), latest.full(), validUntil(now));
    }
  }

  /** Whoever changes something that the answers tell has them made anew. */
  synchronized void renew() {
    long now = time.nanoTime();
    List<OpsResponse> brief = new ArrayList<>();
    List<OpsResponse> full = new ArrayList<>();
    for (Page page : Page.values()) {
      HealthReport report = reports.at(page, now);
      brief.add(response(report, false));
      full.add(response(report, true));
    }
    madeNanos = now;
    latest = new Snapshot(List.copyOf(brief), List.copyOf(full), validUntil(now));
  }

  private long validUntil(long now) {
    long until = now + CheckEngine.STALL_NANOS;
    for (Watched watched : engine.watched()) {
      long stale = watched.loop().validUntil(until);
      until = stale - until < 0 ? stale : until;
    }
    return until;
  }

  OpsResponse get(Page page, boolean withDetails) {
    Snapshot snapshot = latest;
    long now = time.nanoTime();
    return now - snapshot.validUntilNanos() < 0
        ? snapshot.get(page, withDetails)
        : fresh(page, withDetails, now);
  }

  OpsResponse fresh(Page page, boolean withDetails, long now) {
    return response(reports.at(page, now), withDetails);
  }

  private OpsResponse response(HealthReport report, boolean withDetails) {
    OpsResponse response =
        OpsResponse.json(report.available() ? 200 : 503, writer.write(report, withDetails));
    Duration retryAfter = report.retryAfter();
    return retryAfter == null
        ? response
        : response.with(
            "Retry-After",
            Long.toString(Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds())));
  }
}
