package com.example.shop;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.jdk.JdkOpsServer;

/** What somebody writes who has read the README and nothing else. */
public final class Shop implements AutoCloseable {
  private final JdkOpsServer management =
      JdkOpsServer.builder()
          .mount(OpsRoutes.of("/version", request -> OpsResponse.text(200, "1.0")))
          .start();

  public int managementPort() {
    return management.port();
  }

  public String order(String id) {
    try (var ignored = CorrelationContext.of(id).open()) {
      return "ordered in " + CorrelationContext.current();
    }
  }

  @Override
  public void close() {
    management.close();
  }
}
