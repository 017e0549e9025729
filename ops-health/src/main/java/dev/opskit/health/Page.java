package dev.opskit.health;

import org.jspecify.annotations.Nullable;

/** What can be asked over HTTP: a probe, or everything. */
enum Page {
  HEALTH("/health", Probe.LIVENESS),
  READY("/ready", Probe.READINESS),
  STARTUP("/startup", Probe.STARTUP),
  STATUS("/status", null);

  private final String path;
  private final @Nullable Probe probe;

  Page(String path, @Nullable Probe probe) {
    this.path = path;
    this.probe = probe;
  }

  static Page of(Probe probe) {
    return switch (probe) {
      case LIVENESS -> HEALTH;
      case READINESS -> READY;
      case STARTUP -> STARTUP;
    };
  }

  String path() {
    return path;
  }

  /** Whether the service is out of traffic matters to those who send it. */
  boolean tellsOfTraffic() {
    return this == READY || this == STATUS;
  }

  boolean shows(CheckSpec spec) {
    return probe == null || spec.probes().contains(probe);
  }

  /** Whether a check decides on the answer; the page of everything says what readiness says. */
  boolean weighs(CheckSpec spec) {
    return spec.probes().contains(probe == null ? Probe.READINESS : probe);
  }
}
