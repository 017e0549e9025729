package dev.opskit.spring.boot;

import dev.opskit.core.http.OpsRoutes;
import dev.opskit.testkit.core.OpsEndpointAdapterContract;
import dev.opskit.testkit.core.RunningServer;

class SpringBootEndpointsTest implements OpsEndpointAdapterContract {
  @Override
  public RunningServer serve(OpsRoutes routes) {
    return StartedApplication.server(
        StartedApplication.start(
            context ->
                // In the place of the probes, of which the contract has one as well.
                context.registerBean("opsHealthRoutes", OpsRoutes.class, () -> routes),
            StartedApplication.Small.class));
  }
}
