package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.io.IOException;
import java.net.Socket;

/** Whether a port accepts connections. */
record TcpCheck(String host, int port) implements HealthCheck {
  TcpCheck {
    BoundedSocket.requirePort(port);
  }

  @Override
  public HealthResult check(CheckContext context) {
    try (Socket socket = BoundedSocket.connect(host, port, context)) {
      return HealthResult.up();
    } catch (IOException e) {
      return ConnectionFailures.down("connecting to " + host + ":" + port, e);
    }
  }

  @Override
  public boolean interruptible() {
    return true;
  }
}
