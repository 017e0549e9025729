package dev.opskit.verification.integration.service;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts orders-service as scripts/demo does. */
final class ServiceProcess {
  private ServiceProcess() {}

  static Process start(Path output, Map<String, String> environment, String... arguments)
      throws IOException {
    String classPath =
        property("orders-service.jar")
            + File.pathSeparator
            + property("orders-service.libraries")
            + File.separator
            + "*";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, "dev.opskit.examples.orders.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "the system property " + name + " is not set; run this by Maven");
    }
    return value;
  }
}
