package dev.opskit.servlet;

import dev.opskit.core.http.RequestObserver;
import dev.opskit.testkit.core.RequestObserverAdapterContract;
import dev.opskit.testkit.core.RunningServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The filter in a container that the subclass names. */
abstract class OpsFilterContract implements RequestObserverAdapterContract {
  abstract Container container();

  @Override
  public RunningServer serve(Map<String, Handler> handlers, List<RequestObserver> observers)
      throws Exception {
    Container.Running started =
        container()
            .start(
                context -> {
                  OpsFilter.of(observers.toArray(RequestObserver[]::new)).addTo(context);
                  handlers.forEach(
                      (template, handler) ->
                          Handlers.mount(
                              context,
                              template.replace("{id}", "*"),
                              (request, response) -> {
                                request.setAttribute(OpsFilter.ROUTE, template);
                                handler.handle(new Answer(response));
                              }));
                });
    return new RunningServer(started.port(), started);
  }

  private record Answer(HttpServletResponse response) implements Exchange {
    @Override
    public void send(int status, String text) throws IOException {
      response.setStatus(status);
      response.getOutputStream().print(text);
    }

    @Override
    public void begin(int status, String part) throws IOException {
      send(status, part);
      response.flushBuffer();
    }
  }
}
