package dev.opskit.spring.boot;

import dev.opskit.health.Drain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Drains before anything else of the application stops: its phase is the last, and phases stop in
 * reverse order. The web server, its listeners and its executors come after it.
 */
final class DrainLifecycle implements SmartLifecycle {
  private static final Logger logger = LoggerFactory.getLogger(DrainLifecycle.class);

  private final Drain drain;
  private final OpsProperties.Shutdown options;
  private volatile boolean running;

  DrainLifecycle(Drain drain, OpsProperties.Shutdown options) {
    this.drain = drain;
    this.options = options;
  }

  @Override
  public void start() {
    running = true;
  }

  /** Blocks for as long as the drain takes, which its two durations bound. */
  @Override
  public void stop() {
    running = false;
    try {
      if (!drain.await(options.balancer(), options.limit())) {
        logger.warn("{} requests were still being handled at the end", drain.inFlight());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** A context that is paused goes on. */
  @Override
  public boolean isPauseable() {
    return false;
  }
}
