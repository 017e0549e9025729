package dev.opskit.verification.integration.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadIT {
  /** For each server; 30 is what the figures in the guide are from. */
  private static final String SECONDS = System.getProperty("opskit.servers.seconds", "");

  @Test
  void underLoadEveryRequestIsCountedOnceAndNothingStaysOpen() throws Exception {
    String seconds = SECONDS.isEmpty() ? "2" : SECONDS;
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dopskit.correlation.strict=true",
                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                "-cp",
                System.getProperty("java.class.path"),
                LoadedServers.class.getName(),
                "PT" + seconds + "S")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(1, TimeUnit.MINUTES);
      System.out.print(said);
      List<String> servers = said.lines().filter(line -> line.startsWith("fine ")).toList();
      assertEquals(Server.values().length, servers.size(), said);
      assertEquals(0, process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }
}
