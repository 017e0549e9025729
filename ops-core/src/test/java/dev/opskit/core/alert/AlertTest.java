package dev.opskit.core.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTest {

  @Test
  void nameAndLabelsAloneIdentifyAnAlert() {
    Alert one = alert("BackupFailed", Map.of("store", "s3", "job", "orders"));
    Alert.Key key = new Alert.Key("BackupFailed", Map.of("job", "orders", "store", "s3"));
    assertEquals(key, one.key());
    assertEquals(key.hashCode(), one.key().hashCode());
    assertNotEquals(key, alert("BackupFailed", Map.of("job", "orders")).key());
    assertNotEquals(key, alert("BackupLate", one.labels()).key());
  }

  @Test
  void labelsAreSortedAndCopied() {
    Alert alert = alert("A", Map.of("c", "3", "a", "1", "b", "2"));
    assertEquals(List.of("a", "b", "c"), List.copyOf(alert.labels().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> alert.labels().put("d", "4"));
  }

  @Test
  void namesAreThoseThatPrometheusKnows() {
    for (String bad : List.of("", "1st", "with-dash", "with space", "\u00e4", "a\n")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> alert(bad, Map.of())).getMessage();
      assertTrue(message.contains("'" + bad + "'"), message);
      assertThrows(IllegalArgumentException.class, () -> alert("A", Map.of(bad, "x")));
      assertThrows(IllegalArgumentException.class, () -> new Alert.Key(bad, Map.of()));
    }
  }

  @Test
  void noSinkTakesEverything() {
    Alert alert = alert("A", Map.of());
    AlertSink.none().raise(alert);
    AlertSink.none().resolve(alert.key());
  }

  private static Alert alert(String name, Map<String, String> labels) {
    return new Alert(name, Alert.Severity.WARNING, "summary", labels, Instant.EPOCH);
  }
}
