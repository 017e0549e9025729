package dev.opskit.testkit.core.builtin;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import dev.opskit.testkit.core.OpsEndpointContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class HealthEndpointsTest {
  private final Health health =
      Health.builder()
          .check("works", context -> HealthResult.up())
          .check("fails", context -> HealthResult.down(HealthCause.REFUSED, "nobody there"))
          .start();

  @AfterEach
  void close() {
    health.close();
  }

  @Nested
  class Liveness implements OpsEndpointContract {
    @Override
    public OpsEndpoint endpoint() {
      return HealthEndpoints.of(health);
    }

    @Override
    public String path() {
      return "/health";
    }
  }

  @Nested
  class Readiness implements OpsEndpointContract {
    @Override
    public OpsEndpoint endpoint() {
      return HealthEndpoints.of(health);
    }

    @Override
    public String path() {
      return "/ready";
    }
  }

  @Nested
  class Startup implements OpsEndpointContract {
    @Override
    public OpsEndpoint endpoint() {
      return HealthEndpoints.of(health);
    }

    @Override
    public String path() {
      return "/startup";
    }
  }

  @Nested
  class Everything implements OpsEndpointContract {
    @Override
    public OpsEndpoint endpoint() {
      return HealthEndpoints.of(health);
    }

    @Override
    public String path() {
      return "/status";
    }
  }
}
