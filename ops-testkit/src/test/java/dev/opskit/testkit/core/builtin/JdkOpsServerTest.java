package dev.opskit.testkit.core.builtin;

import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.testkit.core.OpsEndpointAdapterContract;
import dev.opskit.testkit.core.RunningServer;

class JdkOpsServerTest implements OpsEndpointAdapterContract {
  @Override
  public RunningServer serve(OpsRoutes routes) {
    JdkOpsServer server = JdkOpsServer.builder().mount(routes).start();
    return new RunningServer(server.port(), server);
  }
}
