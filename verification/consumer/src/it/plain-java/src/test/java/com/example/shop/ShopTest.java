package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ShopTest {
  @Test
  void theManagementPortAnswers() throws Exception {
    try (Shop shop = new Shop()) {
      URI version = URI.create("http://127.0.0.1:" + shop.managementPort() + "/version");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(version).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals("1.0", response.body());
    }
  }

  @Test
  void anOrderIsCorrelated() {
    try (Shop shop = new Shop()) {
      assertEquals("ordered in CorrelationContext[order-7]", shop.order("order-7"));
    }
  }
}
