package dev.opskit.testkit.rules;

import dev.opskit.health.Health;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A service that was started for the test, on this machine and on any free ports. Immutable.
 *
 * <pre>{@code
 * RunningService.of(service).serving(8080, service.port()).serving(9000, service.opsPort())
 *     .health(service.health()).drain(Duration.ofSeconds(10))
 * }</pre>
 *
 * @param service is closed when it has been looked at
 * @param ports where it answers now, by the port that it has in the deployment
 * @param health its checks, for the numbers of the probes; null skips that rule
 * @param drain what {@code Drain.onShutdown} is given in the deployment, or null
 */
public record RunningService(
    AutoCloseable service,
    Map<Integer, Integer> ports,
    @Nullable Health health,
    @Nullable Duration drain) {

  /** Copies the map. */
  public RunningService {
    ports = Map.copyOf(ports);
  }

  /**
   * A service of which nothing else is known yet.
   *
   * @param service is closed when it has been looked at
   * @return tell it the ports
   */
  public static RunningService of(AutoCloseable service) {
    return new RunningService(service, Map.of(), null, null);
  }

  /**
   * Adds a port.
   *
   * @param deployed its number in the deployment
   * @param now where it is on the loopback address now
   * @return a copy with it
   */
  public RunningService serving(int deployed, int now) {
    Map<Integer, Integer> more = new TreeMap<>(ports);
    more.put(deployed, now);
    return new RunningService(service, more, health, drain);
  }

  /**
   * Sets the checks.
   *
   * @param health what the service has started
   * @return a copy with it
   */
  public RunningService health(Health health) {
    return new RunningService(service, ports, health, drain);
  }

  /**
   * Sets the time of the drain.
   *
   * @param balancer what {@code Drain.onShutdown} is given in the deployment
   * @return a copy with it
   */
  public RunningService drain(Duration balancer) {
    return new RunningService(service, ports, health, balancer);
  }
}
