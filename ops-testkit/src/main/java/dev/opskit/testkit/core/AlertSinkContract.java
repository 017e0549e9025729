package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link AlertSink} keeps to. Implement it in a JUnit test class; each test asks for the
 * sink once and wants nothing to fire at first.
 */
@Timeout(60)
public interface AlertSinkContract {

  /**
   * The sink.
   *
   * @return delivers to what {@link #firing()} looks at
   */
  AlertSink sink();

  /**
   * What fires at the far end, where people see it. Asked again until it is as expected or {@link
   * #patience()} is over, so that a sink may deliver later.
   *
   * @return the alerts, in any order
   */
  Collection<Alert> firing();

  /** Keeps the far end from answering, if the sink has one: raising must not wait for it. */
  default void stall() {}

  /**
   * How long delivery may take.
   *
   * @return default 10 s
   */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  @Test
  default void whatIsRaisedFires() {
    sink().raise(alert("a", "it began"));
    awaitFiring(Map.of("a", "it began"));
  }

  @Test
  default void raisedAgainItIsUpdated() {
    AlertSink sink = sink();
    sink.raise(alert("a", "it began"));
    sink.raise(alert("a", "it goes on"));
    awaitFiring(Map.of("a", "it goes on"));
  }

  @Test
  default void resolvedOnceItIsOverHoweverOftenItWasRaised() {
    AlertSink sink = sink();
    sink.raise(alert("a", "it began"));
    sink.raise(alert("a", "it goes on"));
    awaitFiring(Map.of("a", "it goes on"));
    sink.resolve(alert("a", "").key());
    awaitFiring(Map.of());
  }

  @Test
  default void labelsTellAlertsApart() {
    AlertSink sink = sink();
    sink.raise(alert("a", "here"));
    sink.raise(alert("b", "there"));
    awaitFiring(Map.of("a", "here", "b", "there"));
    sink.resolve(alert("a", "").key());
    awaitFiring(Map.of("b", "there"));
  }

  @Test
  default void whatWasNeverRaisedIsResolvedWithoutEffect() {
    AlertSink sink = sink();
    sink.resolve(alert("b", "").key());
    sink.raise(alert("a", "it began"));
    sink.resolve(alert("b", "").key());
    awaitFiring(Map.of("a", "it began"));
  }

  @Test
  default void raisingReturnsAtOnce() {
    AlertSink sink = sink();
    stall();
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 20; i++) {
            sink.raise(alert("a", "it began"));
            sink.resolve(alert("a", "").key());
          }
        },
        "20 alerts, raised and resolved");
  }

  @Test
  default void nothingIsThrownWhateverTheAlertSays() {
    AlertSink sink = sink();
    String[] texts = {"", "\"\\\r\n\u0000", "\ud800", "{{ .Value }}", "x".repeat(100_000)};
    Instant[] starts = {Instant.MIN, Instant.EPOCH, Instant.MAX};
    for (String text : texts) {
      for (Instant start : starts) {
        Alert alert = new Alert("Hostile", Alert.Severity.INFO, text, Map.of("label", text), start);
        sink.raise(alert);
        sink.resolve(alert.key());
      }
    }
  }

  @Test
  default void manyThreadsRaiseAtTheSameTime() throws InterruptedException {
    AlertSink sink = sink();
    Crowd.act(
        number -> {
          for (int i = 0; i < 10; i++) {
            sink.raise(alert(number + "-" + i, "it began"));
          }
          for (int i = 1; i < 10; i++) {
            sink.resolve(alert(number + "-" + i, "").key());
          }
        });
    awaitFiring(
        Set.of(0, 1, 2, 3, 4, 5, 6, 7).stream()
            .collect(Collectors.toMap(number -> number + "-0", number -> "it began")));
  }

  private static Alert alert(String what, String summary) {
    return new Alert(
        "ContractAlert", Alert.Severity.WARNING, summary, Map.of("what", what), Instant.EPOCH);
  }

  private void awaitFiring(Map<String, String> summaries) {
    TimeSource time = TimeSource.system();
    long start = time.nanoTime();
    while (!isFiring(summaries) && time.nanoTime() - start < patience().toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertEquals(
        summaries,
        firing().stream()
            .collect(
                Collectors.toMap(
                    AlertSinkContract::what, Alert::summary, (a, b) -> a + " and " + b)),
        () -> "what fires, by label 'what', after " + patience());
  }

  private boolean isFiring(Map<String, String> summaries) {
    Collection<Alert> firing = firing();
    return firing.size() == summaries.size()
        && firing.stream().allMatch(a -> a.summary().equals(summaries.get(what(a))));
  }

  private static String what(Alert alert) {
    return alert.labels().getOrDefault("what", "");
  }
}
