package com.example.shop;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.secrets.ApiKey;
import dev.opskit.secrets.RotatingSecret;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What somebody writes who has read the README and nothing else. */
@SpringBootApplication
@RestController
public class ShopApplication {
  private final RotatingSecret<ApiKey> payments;

  ShopApplication(RotatingSecret<ApiKey> payments) {
    this.payments = payments;
  }

  public static void main(String[] arguments) {
    SpringApplication.run(ShopApplication.class, arguments);
  }

  @Bean
  static HealthCheck queueHealthCheck() {
    return context -> HealthResult.up();
  }

  @GetMapping("/orders/{id}")
  String order(@PathVariable String id) {
    return "order " + id + " paid with key " + payments.get().keyId();
  }
}
