package dev.opskit.verification.integration.alerts;

import static dev.opskit.verification.integration.alerts.LocalAlertmanager.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import dev.opskit.metrics.alert.AlertmanagerSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class AlertmanagerIT {
  @TempDir Path folder;

  private static Alert alert(String what, Alert.Severity severity) {
    return new Alert("Broken", severity, "it broke", Map.of("what", what), Instant.now());
  }

  @Test
  void whatIsRaisedFiresWithItsLabelsUntilItIsResolvedAndMayFireAgain() throws Exception {
    try (LocalAlertmanager alertmanager = LocalAlertmanager.start(folder.resolve("one"));
        AlertmanagerSink sink =
            AlertmanagerSink.to(alertmanager.address()).label("service", "orders").build()) {
      Alert alert = alert("disk", Alert.Severity.CRITICAL);
      sink.raise(alert);
      alertmanager.awaitFiring(PATIENCE, Set.of("disk"));
      String json = alertmanager.alerts();
      for (String part :
          new String[] {
            "\"alertname\":\"Broken\"",
            "\"severity\":\"critical\"",
            "\"service\":\"orders\"",
            "\"summary\":\"it broke\""
          }) {
        assertTrue(json.contains(part), () -> part + " is not in " + json);
      }
      sink.resolve(alert.key());
      alertmanager.awaitFiring(PATIENCE, Set.of());
      sink.raise(alert("disk", Alert.Severity.CRITICAL));
      alertmanager.awaitFiring(PATIENCE, Set.of("disk"));
      assertEquals(0, sink.counts().refused(), () -> sink.counts().toString());
    }
  }

  @Test
  void anotherSeverityReplacesTheFormerOne() throws Exception {
    try (LocalAlertmanager alertmanager = LocalAlertmanager.start(folder.resolve("one"));
        AlertmanagerSink sink = AlertmanagerSink.to(alertmanager.address()).build()) {
      sink.raise(alert("disk", Alert.Severity.WARNING));
      alertmanager.awaitFiring(PATIENCE, Set.of("disk"));
      sink.raise(alert("disk", Alert.Severity.CRITICAL));
      LocalAlertmanager.await(
          PATIENCE,
          () -> "critical alone should fire",
          () ->
              alertmanager.alerts().contains("\"critical\"")
                  && !alertmanager.alerts().contains("\"warning\""));
    }
  }

  @Test
  void everyPeerIsToldAndOneThatIsDeadHoldsUpNothing() throws Exception {
    try (LocalAlertmanager one = LocalAlertmanager.start(folder.resolve("one"));
        LocalAlertmanager two = LocalAlertmanager.start(folder.resolve("two"));
        AlertmanagerSink sink =
            AlertmanagerSink.to(one.address(), two.address())
                .resend(Duration.ofSeconds(1))
                .build()) {
      Alert first = alert("first", Alert.Severity.INFO);
      sink.raise(first);
      one.awaitFiring(PATIENCE, Set.of("first"));
      two.awaitFiring(PATIENCE, Set.of("first"));
      one.kill();
      sink.raise(alert("second", Alert.Severity.INFO));
      two.awaitFiring(PATIENCE, Set.of("first", "second"));
      sink.resolve(first.key());
      two.awaitFiring(PATIENCE, Set.of("second"));
      one.restart();
      one.awaitFiring(PATIENCE, Set.of("second"));
    }
  }

  @Test
  void anAlertThatAlertmanagerRefusesKeepsNoneFromIt() throws Exception {
    try (LocalAlertmanager alertmanager = LocalAlertmanager.start(folder.resolve("one"));
        AlertmanagerSink sink = AlertmanagerSink.to(alertmanager.address()).build()) {
      for (String text :
          new String[] {"", "\"\\\r\n\u0000", "\ud800", "{{ .Value }}", "x".repeat(9_999)}) {
        for (Instant start : new Instant[] {Instant.MIN, Instant.EPOCH, Instant.MAX}) {
          Map<String, String> labels = Map.of("text", text, "start", start.toString());
          sink.raise(new Alert("Hostile", Alert.Severity.INFO, text, labels, start));
        }
      }
      sink.raise(alert("disk", Alert.Severity.CRITICAL));
      alertmanager.awaitFiring(PATIENCE, Set.of("disk"));
      LocalAlertmanager.await(
          PATIENCE, () -> sink.counts().toString(), () -> sink.counts().pending() == 0);
      assertEquals(0, sink.counts().refused(), () -> sink.counts().toString());
    }
  }
}
