package dev.opskit.metrics.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutSinkTest {
  private final List<String> seen = new ArrayList<>();

  private AlertSink sink(String name) {
    return new AlertSink() {
      @Override
      public void raise(Alert alert) {
        seen.add(name + " raised");
        if (name.startsWith("bad")) {
          throw new IllegalStateException(name);
        }
      }

      @Override
      public void resolve(Alert.Key key) {
        seen.add(name + " resolved");
        if (name.startsWith("bad")) {
          throw new IllegalStateException(name);
        }
      }
    };
  }

  @Test
  void everySinkIsToldAlsoAfterOneThatThrows() {
    AlertSink all = FanOutSink.to(sink("one"), sink("bad"), sink("two"));
    all.raise(Alerts.alert("orders"));
    all.resolve(Alerts.alert("orders").key());
    assertEquals(
        List.of(
            "one raised",
            "bad raised",
            "two raised",
            "one resolved",
            "bad resolved",
            "two resolved"),
        seen);
  }
}
