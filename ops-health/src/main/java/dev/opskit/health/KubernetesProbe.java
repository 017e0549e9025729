package dev.opskit.health;

import java.time.Duration;

/**
 * How a kubelet probes, in the fields and with the defaults of a Kubernetes {@code probe}.
 * Immutable.
 *
 * @param initialDelay {@code initialDelaySeconds}, 0 or more
 * @param period {@code periodSeconds}, at least 1 s
 * @param timeout {@code timeoutSeconds}, at least 1 s
 * @param failureThreshold how many failures in a row count, at least 1
 */
public record KubernetesProbe(
    Duration initialDelay, Duration period, Duration timeout, int failureThreshold) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Checks the ranges. */
  public KubernetesProbe {
    require("initialDelay", initialDelay, Duration.ZERO);
    require("period", period, SHORTEST);
    require("timeout", timeout, SHORTEST);
    if (failureThreshold < 1) {
      throw new IllegalArgumentException(
          "failureThreshold is " + failureThreshold + ", must be at least 1");
    }
  }

  /**
   * A probe without an initial delay.
   *
   * @param period {@code periodSeconds}; Kubernetes' default is 10 s
   * @param timeout {@code timeoutSeconds}; Kubernetes' default is 1 s
   * @param failureThreshold Kubernetes' default is 3
   * @return the probe
   */
  public static KubernetesProbe every(Duration period, Duration timeout, int failureThreshold) {
    return new KubernetesProbe(Duration.ZERO, period, timeout, failureThreshold);
  }

  /**
   * The longest that a service may say no before the kubelet acts.
   *
   * @return so many periods as failures count, and the last probe's timeout
   */
  public Duration patience() {
    return period.multipliedBy(failureThreshold).plus(timeout);
  }

  private static void require(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least " + least);
    }
  }
}
