package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class OrdersTest implements RequestObserver {
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Override
  public void finished(RequestInfo request, RequestOutcome outcome) {
    told.add(request.path() + " " + outcome.route() + " " + outcome.status());
  }

  @Test
  void runsInTomcat() throws Exception {
    try (Containers.Started started = Containers.tomcat(this)) {
      exercise(started.port());
    }
  }

  @Test
  void runsInJetty() throws Exception {
    try (Containers.Started started = Containers.jetty(this)) {
      exercise(started.port());
    }
  }

  private void exercise(int port) throws Exception {
    HttpResponse<String> order = get(port, "/orders/7");
    assertEquals("in order-7", order.body());
    assertEquals("order-7", order.headers().firstValue("x-correlation-id").orElse("none"));
    assertEquals("/orders/7 /orders/{id} 200", told.take());
    assertEquals("1.0", get(port, "/version").body());
    assertEquals("/version /version 200", told.take());
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("x-correlation-id", "order-7")
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
