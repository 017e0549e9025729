package dev.opskit.testkit.core.builtin;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.logging.LogLevelEndpoints;
import dev.opskit.logging.LogLevels;
import dev.opskit.testkit.core.OpsEndpointContract;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

class LogLevelEndpointsTest {
  private final LogLevels levels = LogLevels.builder().build();

  @AfterEach
  void close() {
    levels.close();
  }

  @Nested
  class AllLoggers implements OpsEndpointContract {
    @Override
    public OpsEndpoint endpoint() {
      return LogLevelEndpoints.of(levels, request -> true);
    }

    @Override
    public String path() {
      return "/loggers";
    }
  }

  @Nested
  class OneLogger implements OpsEndpointContract {
    @Override
    public OpsEndpoint endpoint() {
      return LogLevelEndpoints.of(levels, request -> true);
    }

    @Override
    public String path() {
      return "/loggers/ROOT";
    }

    @Override
    public Set<String> methods() {
      return Set.of("GET", "HEAD", "PUT", "DELETE");
    }
  }
}
