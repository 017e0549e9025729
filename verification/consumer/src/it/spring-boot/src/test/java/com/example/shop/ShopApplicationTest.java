package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ShopApplicationTest {
  @Test
  @Timeout(120)
  void everythingIsThereByOneDependency(@TempDir Path secrets) throws Exception {
    Path key =
        Files.writeString(
            secrets.resolve("payments-key"), "{\"keyId\":\"p-1\",\"apiKey\":\"swordfish\"}");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    try (ConfigurableApplicationContext shop =
        SpringApplication.run(ShopApplication.class, "--ops.secrets.folder=" + secrets)) {
      int port = shop.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      HttpResponse<String> order = get(port, "/orders/7");
      assertEquals("order 7 paid with key p-1", order.body());
      assertEquals("order-7", order.headers().firstValue("x-correlation-id").orElse("none"));
      assertEquals(200, get(port, "/health").statusCode());
      while (get(port, "/ready").statusCode() != 200) {
        Thread.onSpinWait();
      }
      String status = get(port, "/status").body();
      assertTrue(status.contains("\"queue\"") && status.contains("\"secrets\""), status);
      assertEquals(200, get(port, "/actuator/health/readiness").statusCode());
      String page = get(port, "/metrics").body();
      while (!page.contains("route=\"/orders/{id}\"")) {
        page = get(port, "/metrics").body();
      }
      assertTrue(page.contains("jvm_memory_used_bytes"), page);
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("x-correlation-id", "order-7")
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
