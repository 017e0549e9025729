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
   * @return the bound; with no critical check for readiness, {@code reported} is the tick alone
   */
  public static DetectionBound of(Health health, KubernetesProbe readiness) {
    Duration slowest =
        health
            .specs()
            .filter(spec -> spec.critical() && spec.probes().contains(Probe.READINESS))
            .map(spec -> spec.onDemand() ? spec.timeout().plus(spec.interval()) : spec.detection())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    // One tick gives up on a run, another one publishes what it gave.
    Duration reported = slowest.plusMillis(2 * CheckEngine.TICK_MILLIS);
    return new DetectionBound(reported, reported.plus(readiness.patience()));
  }
}
