package dev.opskit.verification.integration.slo;

import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus's own judge of rules. */
final class Promtool {
  static final String MEND = "install Debian's package 'prometheus'";

  /** How a run ended, and what it said. */
  record Verdict(int status, String said) {}

  private Promtool() {}

  static Verdict run(Path folder, List<String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(RealParts.executable("prometheus", "promtool", MEND).toString());
    line.addAll(arguments);
    Process process =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(process.waitFor(), said);
  }
}
