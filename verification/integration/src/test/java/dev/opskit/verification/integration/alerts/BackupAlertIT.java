package dev.opskit.verification.integration.alerts;

import static dev.opskit.verification.integration.alerts.LocalAlertmanager.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BackupAlertIT {
  @TempDir Path folder;

  @Test
  void theFailureOfAProgramThatEndsAtOnceArrivesAndEndsByItself() throws Exception {
    try (LocalAlertmanager alertmanager = LocalAlertmanager.start(folder.resolve("am"))) {
      Process program =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  FailingBackup.class.getName(),
                  alertmanager.address().toString(),
                  folder.resolve("backups").toString())
              .inheritIO()
              .start();
      try {
        LocalAlertmanager.await(
            PATIENCE,
            () -> "BackupFailed should fire",
            () -> {
              String json = alertmanager.alerts();
              return json.contains("\"alertname\":\"BackupFailed\"")
                  && json.contains("\"source\":\"orders\"")
                  && json.contains("the disk broke");
            });
        assertTrue(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it should have ended");
        assertEquals(0, program.exitValue());
        LocalAlertmanager.await(
            PATIENCE,
            () -> "nobody says any more that it goes on",
            () -> alertmanager.alerts().strip().equals("[]"));
      } finally {
        program.destroyForcibly();
      }
    }
  }
}
