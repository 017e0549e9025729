package dev.opskit.servlet;

import dev.opskit.core.http.OpsRoutes;
import dev.opskit.testkit.core.OpsEndpointAdapterContract;
import dev.opskit.testkit.core.RunningServer;

/** The servlet in a container that the subclass names. */
abstract class OpsServletContract implements OpsEndpointAdapterContract {
  abstract Container container();

  @Override
  public RunningServer serve(OpsRoutes routes) throws Exception {
    Container.Running started = container().start(context -> OpsServlet.of(routes).addTo(context));
    return new RunningServer(started.port(), started);
  }
}
