package dev.opskit.verification.integration.servers;

import dev.opskit.servlet.OpsFilter;
import dev.opskit.servlet.OpsServlet;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The service as servlets. */
final class ServletService extends HttpServlet {
  static final int SHORT_MILLIS = 50;

  private static final long serialVersionUID = 1;

  private final transient ExecutorService elsewhere = Executors.newFixedThreadPool(4);

  private ServletService() {}

  static void addTo(ServletContext context, Ops ops) {
    OpsFilter.of(ops.observer()).addTo(context);
    OpsServlet.of(ops.routes()).addTo(context);
    ServletRegistration.Dynamic service = context.addServlet("service", new ServletService());
    service.setAsyncSupported(true);
    service.addMapping("/fine/*", "/busy/*", "/fails/*", "/async/*", "/late/*");
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setAttribute(OpsFilter.ROUTE, request.getServletPath() + "/{id}");
    switch (request.getServletPath()) {
      case "/fine" -> send(response, 200);
      case "/busy" -> send(response, 503);
      case "/fails" -> throw new IllegalStateException("expected");
      case "/async" -> {
        AsyncContext async = request.startAsync();
        elsewhere.execute(() -> sendLater(async));
      }
      default -> request.startAsync().setTimeout(SHORT_MILLIS);
    }
  }

  private static void sendLater(AsyncContext async) {
    try {
      send((HttpServletResponse) async.getResponse(), 200);
    } catch (IOException clientIsGone) {
      // Completed all the same.
    }
    async.complete();
  }

  private static void send(HttpServletResponse response, int status) throws IOException {
    response.setStatus(status);
    response.getOutputStream().print("text");
  }

  @Override
  public void destroy() {
    elsewhere.shutdownNow();
  }
}
