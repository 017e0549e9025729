package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordingAlertSinkTest implements AlertSinkContract {
  private final RecordingAlertSink sink = new RecordingAlertSink();

  @Override
  public AlertSink sink() {
    return sink;
  }

  @Override
  public Collection<Alert> firing() {
    return sink.firing();
  }

  @Test
  void remembersWhatIsOver() {
    Alert first =
        new Alert("BackupFailed", Alert.Severity.WARNING, "once", Map.of(), Instant.EPOCH);
    Alert second =
        new Alert("BackupFailed", Alert.Severity.CRITICAL, "twice", Map.of(), Instant.EPOCH);
    sink.raise(first);
    sink.raise(second);
    List<Alert> firing = sink.firing();
    sink.resolve(first.key());
    sink.resolve(first.key());
    assertEquals(List.of(second), firing);
    assertEquals(List.of(), sink.firing());
    assertEquals(List.of(first, second), sink.raised());
    assertEquals(List.of(first.key(), first.key()), sink.resolved());
  }

  @Test
  void losesNothingHoweverManyThreadsRaise() throws InterruptedException {
    Crowd.act(
        number -> {
          for (int i = 0; i < 2_000; i++) {
            Map<String, String> labels = Map.of("alert", number + "-" + i);
            sink.raise(
                new Alert("BackupFailed", Alert.Severity.INFO, "once", labels, Instant.EPOCH));
          }
        });
    assertEquals(2_000 * Crowd.THREADS, sink.raised().size());
    assertEquals(2_000 * Crowd.THREADS, sink.firing().size());
  }
}
