package dev.opskit.metrics.slo;

import java.util.Locale;
import java.util.Map;

/** What {@link SloArtefacts.Builder} collected. Immutable. */
record SloOptions(
    String service,
    String job,
    int minBadEvents,
    String runbook,
    String prometheus,
    String canaryLabel,
    Map<String, String> kubernetesLabels) {
  Target target() {
    return Target.job(job);
  }

  /** The name of what is generated, for a service and in Kubernetes. */
  String name() {
    return service + "-slo";
  }

  Map<String, Object> metadata() {
    return kubernetesLabels.isEmpty()
        ? Tree.map("name", name())
        : Tree.map("name", name(), "labels", kubernetesLabels);
  }

  String runbook(String section) {
    return runbook + "#" + section.toLowerCase(Locale.ROOT);
  }
}
