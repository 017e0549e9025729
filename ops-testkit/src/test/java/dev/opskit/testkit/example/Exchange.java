package dev.opskit.testkit.example;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for what a server hands to a handler. */
interface Exchange {
  String method();

  String path();

  @Nullable String query();

  Map<String, List<String>> headers();

  byte[] body();

  void setHeader(String name, String value);

  void send(int status, byte[] body);

  default @Nullable String header(String name) {
    return headers().getOrDefault(name, List.of()).stream().findFirst().orElse(null);
  }
}
