package dev.opskit.metrics.alert;

import static dev.opskit.metrics.alert.Alerts.alert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.ManualTimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertmanagerSinkTest {
  private static final Duration RESEND = Duration.ofSeconds(15);

  private final ManualTimeSource time = new ManualTimeSource(Alerts.START);
  private final ScriptedTransport transport = new ScriptedTransport();
  private final SensitiveValues sensitive = new SensitiveValues();
  private final AlertmanagerSink sink = builder("http://one:9093").build(transport);

  private AlertmanagerSinkBuilder builder(String... peers) {
    URI[] addresses = java.util.stream.Stream.of(peers).map(URI::create).toArray(URI[]::new);
    return AlertmanagerSink.to(addresses).time(time).sensitive(sensitive);
  }

  private ScriptedTransport.Asked sent() {
    transport.afterwards = sink.courier()::landAll;
    sink.courier().step();
    return transport.next();
  }

  private void assertNothingIsSent() {
    sink.courier().step();
    assertEquals(0, transport.waiting.size());
  }

  @Test
  void whatIsRaisedIsSentAsAlertmanagerWantsIt() {
    time.advance(Duration.ofSeconds(1));
    sink.raise(alert("orders"));
    ScriptedTransport.Asked asked = sent();
    assertEquals(URI.create("http://one:9093/api/v2/alerts"), asked.request().uri());
    assertEquals("application/json", asked.header("Content-Type"));
    assertEquals(
        "[{\"labels\":{\"alertname\":\"BackupFailed\",\"severity\":\"critical\",\"source\":\"orders\"},\"annotations\":{\"summary\":\"it"
            + " began\"},"
            + "\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":\"2026-01-01T00:01:01Z\"}]",
        asked.body());
  }

  @Test
  void whatFiresIsSentAgainWithALaterEnd() {
    sink.raise(alert("orders"));
    sent().answer(200);
    time.advance(RESEND.minusMillis(1));
    assertNothingIsSent();
    time.advance(Duration.ofMillis(1));
    assertTrue(sent().body().contains("\"endsAt\":\"2026-01-01T00:01:15Z\""));
  }

  @Test
  void whatIsRaisedAgainUnchangedIsNotSentAtOnce() {
    sink.raise(alert("orders"));
    sent().answer(200);
    sink.raise(alert("orders"));
    assertNothingIsSent();
    assertEquals(1, sink.counts().firing());
  }

  @Test
  void aResolvedOneIsSentWithItsEndForAWhileAndThenForgotten() {
    sink.raise(alert("orders"));
    sent().answer(200);
    time.advance(Duration.ofSeconds(5));
    sink.resolve(alert("orders").key());
    String end = "\"endsAt\":\"2026-01-01T00:00:05Z\"";
    for (int i = 0; i < 20; i++) {
      ScriptedTransport.Asked asked = sent();
      assertTrue(asked.body().contains(end), asked.body());
      asked.answer(200);
      time.advance(RESEND);
    }
    assertNothingIsSent();
    assertEquals(new DeliveryCounts(21, 0, 0, 0, 0, 0), sink.counts());
  }

  @Test
  void onesThatComeWhileARequestIsUnderWayGoWithTheNext() {
    sink.raise(alert("a"));
    ScriptedTransport.Asked first = sent();
    sink.raise(alert("b"));
    sink.raise(alert("c"));
    assertNothingIsSent();
    first.answer(200);
    String body = sent().body();
    assertFalse(body.contains("\"a\""), body);
    assertTrue(body.contains("\"b\"") && body.contains("\"c\""), body);
  }

  @Test
  void aChangeWhileItIsUnderWayIsSentAfterwards() {
    sink.raise(alert("orders"));
    ScriptedTransport.Asked first = sent();
    sink.resolve(alert("orders").key());
    first.answer(200);
    assertEquals(1, sink.counts().pending());
    assertTrue(sent().body().contains("\"endsAt\":\"2026-01-01T00:00:00Z\""));
  }

  @Test
  void anotherSeverityEndsTheFormerOne() {
    sink.raise(alert("orders", Alert.Severity.WARNING, "late"));
    sent().answer(200);
    time.advance(Duration.ofSeconds(3));
    sink.raise(alert("orders", Alert.Severity.CRITICAL, "very late"));
    String body = sent().body();
    assertTrue(
        body.matches(
            ".*\"warning\"[^}]*}[^}]*}[^}]*\"endsAt\":\"2026-01-01T00:00:03Z\"}.*"
                + "\"critical\"[^}]*}[^}]*}[^}]*\"endsAt\":\"2026-01-01T00:01:03Z\"}]"),
        body);
  }

  @Test
  void raisedAfterItsEndItBeginsAnew() {
    sink.raise(alert("orders"));
    sent().answer(200);
    time.advance(Duration.ofSeconds(5));
    sink.resolve(alert("orders").key());
    sent().answer(200);
    time.advance(Duration.ofSeconds(5));
    Alert anew =
        new Alert(
            "BackupFailed", Alert.Severity.CRITICAL, "x", Map.of("source", "orders"), time.now());
    sink.raise(anew);
    assertTrue(sent().body().contains("\"startsAt\":\"2026-01-01T00:00:10Z\""));
    time.advance(Duration.ofSeconds(5));
    sink.raise(alert("orders", Alert.Severity.CRITICAL, "it goes on"));
    transport.waiting.clear();
    assertEquals(1, sink.counts().firing());
  }

  @Test
  void timesThatNoAlertmanagerReadsAreMovedIntoItsRange() {
    for (Instant start : new Instant[] {Instant.MIN, Instant.MAX}) {
      sink.raise(new Alert("A", Alert.Severity.INFO, "", Map.of("at", "" + start), start));
    }
    String body = sent().body();
    assertTrue(body.contains("\"startsAt\":\"1970-01-01T00:00:00Z\""), body);
    assertTrue(body.contains("\"startsAt\":\"2026-01-01T00:00:00Z\""), body);
  }

  @Test
  void commonLabelsGiveWayToTheAlertsOwnAndNameAndSeverityToNone() {
    try (AlertmanagerSink labelled =
        builder("http://one:9093")
            .label("service", "orders")
            .label("source", "common")
            .label("alertname", "Other")
            .closeWithin(Duration.ZERO)
            .build(transport)) {
      labelled.raise(alert("own"));
      labelled.courier().step();
      String body = transport.next().body();
      assertTrue(
          body.contains(
              "{\"alertname\":\"BackupFailed\",\"service\":\"orders\",\"severity\":\"critical\","
                  + "\"source\":\"own\"}"),
          body);
    }
  }

  @Test
  void secretsAreMaskedAndTextsAreCut() {
    sensitive.register("correct horse".getBytes(StandardCharsets.UTF_8));
    sink.raise(
        alert("at correct horse", Alert.Severity.INFO, "correct horse " + "x".repeat(9_000)));
    String body = sent().body();
    assertFalse(body.contains("correct horse"), body);
    assertTrue(body.contains("\"source\":\"at ***\""), body);
    assertTrue(body.length() < 5_000, () -> "length " + body.length());
  }
}
