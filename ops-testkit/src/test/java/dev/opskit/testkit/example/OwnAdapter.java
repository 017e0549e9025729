package dev.opskit.testkit.example;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.CorrelationIds;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObservation;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.time.TimeSource;
import java.util.List;

final class OwnAdapter {
  private final RouteTemplates routes;
  private final List<RequestObserver> observers;

  OwnAdapter(RouteTemplates routes, List<RequestObserver> observers) {
    this.routes = routes;
    this.observers = observers;
  }

  /** The service's own code; answers with the status that it sent. */
  interface Handler {
    int handle(Exchange exchange) throws Exception;
  }

  void serveOps(OpsRoutes endpoints, Exchange exchange) {
    OpsResponse response =
        endpoints.handle(
            new OpsRequest(
                exchange.method(),
                exchange.path(),
                exchange.query(),
                exchange.headers(),
                exchange.body(),
                null));
    response.headers().forEach(exchange::setHeader);
    exchange.setHeader("Content-Length", Integer.toString(response.body().length));
    boolean isHead = exchange.method().equals("HEAD");
    exchange.send(response.status(), isHead ? new byte[0] : response.body());
  }

  void serve(Exchange exchange, Handler handler) {
    CorrelationContext context = CorrelationContext.accept(exchange::header);
    exchange.setHeader(CorrelationIds.HEADER, context.id());
    RequestInfo request =
        new RequestInfo(exchange.method(), exchange.path(), exchange.header("user-agent"), context);
    try (CorrelationContext.Scope scope = context.open()) {
      RequestObservation observation =
          RequestObservation.begin(observers, request, TimeSource.system());
      int status = 500;
      Throwable failure = null;
      try {
        status = handler.handle(exchange);
      } catch (Throwable t) {
        failure = t;
        exchange.send(500, new byte[0]);
      } finally {
        observation.end(routes.match(request.path()), status, -1, failure);
      }
    }
  }
}
