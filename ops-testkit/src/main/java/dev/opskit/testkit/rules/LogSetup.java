package dev.opskit.testkit.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a service writes its logs: by a configuration of logback's beside the classes, or in Java.
 */
final class LogSetup {
  private static final List<String> NAMES = List.of("logback.xml", "logback-spring.xml");

  private LogSetup() {}

  static void look(Subject subject, Findings findings) {
    Code code = subject.code();
    if (code.knows(type -> type.startsWith("dev.opskit.logging.OpsLogging"))) {
      return;
    }
    Optional<Path> found =
        NAMES.stream().flatMap(name -> subject.resource(name).stream()).findFirst();
    if (found.isEmpty()) {
      findings.add(code.start(), "there is neither a logback.xml nor a call of OpsLogging");
      return;
    }
    Path file = found.get();
    try {
      // A comment configures nothing.
      String text = Files.readString(file).replaceAll("(?s)<!--.*?-->", "");
      if (!text.contains("dev/opskit/logging/") && !text.contains("dev.opskit.logging.")) {
        findings.add(new Place(file.toString(), 1), "does not use the JSON encoder of ops-logging");
      }
    } catch (IOException e) {
      findings.add(new Place(file.toString(), 0), "cannot be read: " + e);
    }
  }
}
