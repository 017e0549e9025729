package com.example.shop;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.servlet.OpsFilter;
import dev.opskit.servlet.OpsServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A service that runs in whichever container it is put into. */
public final class Orders extends HttpServlet {
  private static final long serialVersionUID = 1;

  private Orders() {}

  public static void addTo(ServletContext context, RequestObserver observer) {
    OpsFilter.of(observer).addTo(context);
    OpsServlet.of(OpsRoutes.of("/version", request -> OpsResponse.text(200, "1.0")))
        .addTo(context);
    context.addServlet("orders", new Orders()).addMapping("/orders/*");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setAttribute(OpsFilter.ROUTE, "/orders/{id}");
    CorrelationContext current = CorrelationContext.current();
    response.getWriter().print("in " + (current == null ? "none" : current.id()));
  }
}
