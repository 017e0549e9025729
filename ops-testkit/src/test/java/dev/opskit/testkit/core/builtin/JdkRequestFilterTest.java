package dev.opskit.testkit.core.builtin;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.http.jdk.JdkRequestFilter;
import dev.opskit.testkit.core.JdkExchange;
import dev.opskit.testkit.core.RequestObserverAdapterContract;
import dev.opskit.testkit.core.RunningServer;
import java.util.List;
import java.util.Map;

class JdkRequestFilterTest implements RequestObserverAdapterContract {
  @Override
  public RunningServer serve(Map<String, Handler> handlers, List<RequestObserver> observers)
      throws Exception {
    HttpServer server = JdkExchange.server();
    JdkRequestFilter filter =
        JdkRequestFilter.of(
            RouteTemplates.of(handlers.keySet().toArray(String[]::new)),
            observers.toArray(RequestObserver[]::new));
    handlers.forEach(
        (template, handler) ->
            server
                .createContext(
                    template.replace("{id}", ""),
                    exchange -> {
                      handler.handle(new JdkExchange(exchange));
                      exchange.close();
                    })
                .getFilters()
                .add(filter));
    return JdkExchange.start(server);
  }
}
