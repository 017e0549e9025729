package dev.opskit.testkit.rules;

import dev.opskit.health.Health;
import dev.opskit.health.KubernetesProbe;
import dev.opskit.health.ProbeLint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds the numbers of the probes and of the end against the checks and the drain. */
final class ProbeNumbers {
  // What Kubernetes takes for what is not said.
  private static final long PERIOD = 10;
  private static final long TIMEOUT = 1;
  private static final long FAILURES = 3;
  private static final long GRACE = 30;

  private ProbeNumbers() {}

  static void look(Subject subject, Findings findings) {
    RunningService service = subject.running().service();
    Health health = service.health();
    if (health == null) {
      throw new NotLookedAtException("RunningService.health was not told");
    }
    for (Workload workload : subject.servers()) {
      for (YamlNode container : workload.containers()) {
        look(health, service.drain(), workload, container, findings);
      }
    }
  }

  private static void look(
      Health health,
      @Nullable Duration drain,
      Workload workload,
      YamlNode container,
      Findings findings) {
    ProbeLint lint = ProbeLint.of(health);
    YamlNode liveness = container.get("livenessProbe");
    YamlNode readiness = container.get("readinessProbe");
    YamlNode startup = container.get("startupProbe");
    try {
      if (liveness.exists()) {
        lint.liveness(probe(liveness));
      }
      if (readiness.exists()) {
        lint.readiness(probe(readiness));
      }
      if (startup.exists()) {
        lint.startup(probe(startup));
      }
    } catch (IllegalArgumentException e) {
      findings.add(container.place(), "a number is out of its range: " + e.getMessage());
      return;
    }
    YamlNode grace = workload.pod().get("terminationGracePeriodSeconds");
    if (drain != null) {
      lint.stopping(Duration.ofSeconds(grace.number().orElse(GRACE)), drain);
    }
    for (String finding : lint.findings()) {
      findings.add(place(finding, container, grace), finding);
    }
  }

  private static KubernetesProbe probe(YamlNode probe) {
    return new KubernetesProbe(
        Duration.ofSeconds(probe.get("initialDelaySeconds").number().orElse(0)),
        Duration.ofSeconds(probe.get("periodSeconds").number().orElse(PERIOD)),
        Duration.ofSeconds(probe.get("timeoutSeconds").number().orElse(TIMEOUT)),
        (int) probe.get("failureThreshold").number().orElse(FAILURES));
  }

  /** The lint knows no lines; its sentences begin with what they are about. */
  private static Place place(String finding, YamlNode container, YamlNode grace) {
    if (finding.startsWith("terminationGracePeriodSeconds")) {
      return grace.place();
    }
    String probe = finding.split(" ", 2)[0];
    return container.get(probe.endsWith("Probe") ? probe : "readinessProbe").place();
  }
}
