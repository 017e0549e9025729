package dev.opskit.metrics.slo;

import java.util.Locale;

/** Whom an alert reaches: somebody now, or somebody on a working day. */
enum Severity {
  PAGE,
  TICKET;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
