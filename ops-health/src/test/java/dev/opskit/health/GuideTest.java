package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the guide recommends fits the defaults. */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/health.md");

  private static KubernetesProbe probe(String guide, String name, String path) {
    Matcher probe =
        Pattern.compile(
                name
                    + ": +\\{ httpGet: \\{ path: "
                    + path
                    + ", +port: 9000 }, periodSeconds: (\\d+), +timeoutSeconds: (\\d+),"
                    + " failureThreshold: (\\d+) }")
            .matcher(guide);
    assertTrue(probe.find(), name);
    return KubernetesProbe.every(
        Duration.ofSeconds(Integer.parseInt(probe.group(1))),
        Duration.ofSeconds(Integer.parseInt(probe.group(2))),
        Integer.parseInt(probe.group(3)));
  }

  private static Duration seconds(String guide, String before) {
    Matcher number = Pattern.compile(before + "(\\d+)").matcher(guide);
    assertTrue(number.find(), before);
    return Duration.ofSeconds(Integer.parseInt(number.group(1)));
  }

  @Test
  void theKubernetesSnippetFitsTheDefaultsAndItself() throws IOException {
    String guide = Files.readString(GUIDE);
    try (Health health = Health.builder().check("database", c -> HealthResult.up()).build()) {
      assertEquals(
          List.of(),
          ProbeLint.of(health)
              .liveness(probe(guide, "livenessProbe", "/health"))
              .readiness(probe(guide, "readinessProbe", "/ready"))
              .startup(probe(guide, "startupProbe", "/startup"))
              .stopping(
                  seconds(guide, "terminationGracePeriodSeconds: "),
                  seconds(guide, "onShutdown\\(Duration\\.ofSeconds\\("))
              .findings());
    }
  }
}
