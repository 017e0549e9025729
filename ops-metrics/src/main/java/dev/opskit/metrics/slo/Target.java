package dev.opskit.metrics.slo;

/**
 * Whose time series are meant.
 *
 * @param job the label that Prometheus gives the service
 * @param label another label of the target, empty for none
 * @param value its value
 */
record Target(String job, String label, String value) {
  static Target job(String job) {
    return new Target(job, "", "");
  }

  Selector select(Metric metric) {
    Selector ofJob = Selector.of(metric).target("job", job);
    return label.isEmpty() ? ofJob : ofJob.target(label, value);
  }
}
