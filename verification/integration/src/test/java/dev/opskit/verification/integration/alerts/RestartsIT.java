package dev.opskit.verification.integration.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.alert.Alert;
import dev.opskit.metrics.alert.AlertmanagerSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills Alertmanager at random moments while alerts come and go. {@code -Dopskit.alerts.kills=100}
 * does it as often and allows no more than two re-send intervals; without, there is time on top for
 * a machine that does other things, too.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RestartsIT {
  private static final Duration RESEND = Duration.ofSeconds(1);
  private static final int DEFAULT_KILLS = 10;

  private final Integer given = Integer.getInteger("opskit.alerts.kills");
  private final Duration bound =
      RESEND.multipliedBy(2).plus(given == null ? Duration.ofSeconds(40) : Duration.ZERO);
  private final Set<String> firing = new TreeSet<>();
  private final Random random = new Random(7);
  private Duration slowest = Duration.ZERO;

  @TempDir Path folder;

  @Test
  void noAlertIsLostAndAllAreBackWithinTwoIntervals() throws Exception {
    int kills = given == null ? DEFAULT_KILLS : given;
    try (LocalAlertmanager alertmanager = LocalAlertmanager.start(folder.resolve("am"));
        AlertmanagerSink sink =
            AlertmanagerSink.to(alertmanager.address()).resend(RESEND).build()) {
      for (int i = 0; i < kills; i++) {
        change(sink, 5);
        pause();
        alertmanager.kill();
        change(sink, 5);
        pause();
        alertmanager.restart();
        Duration back = alertmanager.awaitFiring(bound, firing);
        slowest = back.compareTo(slowest) > 0 ? back : slowest;
      }
      for (String what : Set.copyOf(firing)) {
        resolve(sink, what);
      }
      alertmanager.awaitFiring(LocalAlertmanager.PATIENCE, firing);
      assertEquals(0, sink.counts().dropped() + sink.counts().refused());
    }
    System.out.printf("%d kills, all alerts back after at most %s%n", kills, slowest);
  }

  private void change(AlertmanagerSink sink, int times) {
    for (int i = 0; i < times; i++) {
      String what = "alert-" + random.nextInt(20);
      if (firing.contains(what)) {
        resolve(sink, what);
      } else {
        sink.raise(
            new Alert("Random", Alert.Severity.INFO, "x", Map.of("what", what), Instant.now()));
        firing.add(what);
      }
    }
  }

  private void resolve(AlertmanagerSink sink, String what) {
    sink.resolve(new Alert.Key("Random", Map.of("what", what)));
    firing.remove(what);
  }

  private void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
  }
}
