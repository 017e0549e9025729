package dev.opskit.health;

import java.time.Duration;

/**
 * The longest that a fault of a critical dependency can go unnoticed. Immutable.
 *
 * <p>The slowest critical check of the readiness probe decides: its interval, its timeout, the
 * confirmations that its failure threshold asks for (each the interval while down and a timeout)
 * and the engine's tick. Then the kubelet has to see so many failures as its threshold says.
 *
 * @param reported from the fault to the first 503 of {@code /ready}
 * @param evicted from the fault to the instance being out of traffic, routing not included
 */
public record DetectionBound(Duration reported, Duration evicted) {

  /**
   * The bound of a service.
   *
   * @param health its checks
   * @param readiness how the kubelet asks {@code /ready}
   * @return the bound; with no critical check for readiness, {@code reported} is 0
   */
  public static DetectionBound of(Health health, KubernetesProbe readiness) {
    Duration slowest =
        health
            .specs()
            .filter(spec -> spec.critical() && spec.probes().contains(Probe.READINESS))
            .map(DetectionBound::detection)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return new DetectionBound(slowest, slowest.plus(readiness.patience()));
  }

  private static Duration detection(CheckSpec spec) {
    // Each run may begin one tick late, and be given up or published another one late.
    Duration ticks = Duration.ofMillis(2 * CheckEngine.TICK_MILLIS * spec.failureThreshold());
    return spec.onDemand()
        ? spec.interval().plus(spec.timeout()).plus(ticks)
        : spec.detection().plus(ticks);
  }
}
