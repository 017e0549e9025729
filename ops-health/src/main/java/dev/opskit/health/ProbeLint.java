package dev.opskit.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for numbers in a deployment that contradict each other or the checks of the service, for a
 * unit test: {@code assertEquals(List.of(), ProbeLint.of(health).readiness(…).findings())}.
 * Confined to one thread.
 */
public final class ProbeLint {
  private final Health health;
  private @Nullable KubernetesProbe liveness;
  private @Nullable KubernetesProbe readiness;
  private @Nullable KubernetesProbe startup;
  private @Nullable Duration terminationGrace;
  private @Nullable Duration balancer;

  private ProbeLint(Health health) {
    this.health = health;
  }

  /**
   * A lint of a service that knows no probe yet.
   *
   * @param health its checks
   * @return tell it the numbers of the deployment
   */
  public static ProbeLint of(Health health) {
    return new ProbeLint(health);
  }

  /**
   * How {@code /health} is asked.
   *
   * @param probe the {@code livenessProbe}
   * @return this
   */
  public ProbeLint liveness(KubernetesProbe probe) {
    this.liveness = probe;
    return this;
  }

  /**
   * How {@code /ready} is asked.
   *
   * @param probe the {@code readinessProbe}
   * @return this
   */
  public ProbeLint readiness(KubernetesProbe probe) {
    this.readiness = probe;
    return this;
  }

  /**
   * How {@code /startup} is asked.
   *
   * @param probe the {@code startupProbe}
   * @return this
   */
  public ProbeLint startup(KubernetesProbe probe) {
    this.startup = probe;
    return this;
  }

  /**
   * How a stop is meant to go.
   *
   * @param terminationGrace the pod's {@code terminationGracePeriodSeconds}, Kubernetes' default is
   *     30 s
   * @param balancer what {@link Drain#onShutdown} is given
   * @return this
   */
  public ProbeLint stopping(Duration terminationGrace, Duration balancer) {
    this.terminationGrace = terminationGrace;
    this.balancer = balancer;
    return this;
  }

  /**
   * What does not fit together.
   *
   * @return a sentence each, empty if all is well
   */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    shape("livenessProbe", liveness, findings);
    shape("readinessProbe", readiness, findings);
    shape("startupProbe", startup, findings);
    onDemand(Probe.LIVENESS, "livenessProbe", liveness, findings);
    onDemand(Probe.READINESS, "readinessProbe", readiness, findings);
    if (liveness != null && readiness != null) {
      if (liveness.patience().compareTo(readiness.patience()) < 0) {
        findings.add(
            ("livenessProbe restarts after %s of failures, before readinessProbe takes the instance"
                    + " out of traffic after %s: give liveness more patience than readiness")
                .formatted(liveness.patience(), readiness.patience()));
      }
    }
    if (liveness != null && startup == null && liveness.initialDelay().isZero()) {
      findings.add(
          "livenessProbe begins at once and there is no startupProbe: a slow start is restarted");
    }
    stop(findings);
    return List.copyOf(findings);
  }

  private static void shape(String name, @Nullable KubernetesProbe probe, List<String> findings) {
    if (probe != null && probe.timeout().compareTo(probe.period()) > 0) {
      findings.add(
          "%s has a timeout of %s, longer than its period of %s"
              .formatted(name, probe.timeout(), probe.period()));
    }
  }

  private void onDemand(
      Probe kind, String name, @Nullable KubernetesProbe probe, List<String> findings) {
    if (probe == null) {
      return;
    }
    health
        .specs()
        .filter(spec -> spec.onDemand() && spec.probes().contains(kind))
        .filter(spec -> spec.timeout().compareTo(probe.timeout()) >= 0)
        .forEach(
            spec ->
                findings.add(
                    "%s waits %s, but the on-demand check '%s' may take %s: no answer comes in time"
                        .formatted(name, probe.timeout(), spec.name(), spec.timeout())));
  }

  private void stop(List<String> findings) {
    if (terminationGrace == null || balancer == null) {
      return;
    }
    if (readiness != null
        && balancer.compareTo(readiness.period().multipliedBy(readiness.failureThreshold())) < 0) {
      findings.add(
          "the drain gives the load balancer %s, but readinessProbe takes %s to notice"
              .formatted(balancer, readiness.period().multipliedBy(readiness.failureThreshold())));
    }
    Duration needed = balancer.plus(Drain.REQUEST_LIMIT);
    if (terminationGrace.compareTo(needed) < 0) {
      findings.add(
          "terminationGracePeriodSeconds is %s, but draining may take %s: the kill comes first"
              .formatted(terminationGrace, needed));
    }
  }
}
