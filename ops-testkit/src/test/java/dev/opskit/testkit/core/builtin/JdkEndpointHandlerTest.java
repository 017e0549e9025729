package dev.opskit.testkit.core.builtin;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.jdk.JdkEndpointHandler;
import dev.opskit.testkit.core.OpsEndpointAdapterContract;
import dev.opskit.testkit.core.RunningServer;
import java.net.InetSocketAddress;

class JdkEndpointHandlerTest implements OpsEndpointAdapterContract {
  @Override
  public RunningServer serve(OpsRoutes routes) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", new JdkEndpointHandler(routes));
    server.start();
    return new RunningServer(server.getAddress().getPort(), () -> server.stop(0));
  }
}
