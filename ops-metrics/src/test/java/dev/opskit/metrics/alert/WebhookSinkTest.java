package dev.opskit.metrics.alert;

import static dev.opskit.metrics.alert.Alerts.alert;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.time.ManualTimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WebhookSinkTest {
  private final ManualTimeSource time = new ManualTimeSource(Alerts.START);
  private final ScriptedTransport transport = new ScriptedTransport();
  private byte[] key = bytes("the key of the test");
  private final WebhookSink sink =
      WebhookSink.to(URI.create("https://hooks/x?token=1"), () -> key).time(time).build(transport);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ScriptedTransport.Asked sent() {
    transport.afterwards = sink.courier()::landAll;
    key = bytes("the key of the test");
    sink.courier().step();
    return transport.next();
  }

  private void assertNothingIsSent() {
    sink.courier().step();
    assertEquals(0, transport.waiting.size());
  }

  @Test
  void beginChangeAndEndAreToldOnceEach() {
    sink.raise(alert("orders"));
    ScriptedTransport.Asked begin = sent();
    assertEquals(
        "{\"type\":\"alert.firing\",\"alert\":{\"name\":\"BackupFailed\",\"severity\":\"critical\","
            + "\"summary\":\"it began\",\"labels\":{\"source\":\"orders\"},"
            + "\"startsAt\":\"2026-01-01T00:00:00Z\"}}",
        begin.body());
    begin.answer(204);
    sink.raise(alert("orders"));
    assertNothingIsSent();
    time.advance(Duration.ofHours(1));
    assertNothingIsSent();
    sink.raise(alert("orders", Alert.Severity.WARNING, "it goes on"));
    ScriptedTransport.Asked change = sent();
    assertTrue(change.body().contains("\"severity\":\"warning\",\"summary\":\"it goes on\""));
    change.answer(200);
    time.advance(Duration.ofSeconds(5));
    sink.resolve(alert("orders").key());
    ScriptedTransport.Asked end = sent();
    assertTrue(end.body().startsWith("{\"type\":\"alert.resolved\""), end.body());
    assertTrue(end.body().contains("\"endsAt\":\"2026-01-01T01:00:05Z\""), end.body());
    end.answer(200);
    time.advance(Duration.ofHours(1));
    assertNothingIsSent();
    assertEquals(new DeliveryCounts(3, 0, 0, 0, 0, 0), sink.counts());
  }

  @Test
  void aSecondAttemptHasTheSameIdAndBodyButATimeAndSignatureOfItsOwn() {
    sink.raise(alert("orders"));
    ScriptedTransport.Asked first = sent();
    first.answer(500);
    sink.courier().step();
    time.advance(Duration.ofSeconds(2));
    ScriptedTransport.Asked second = sent();
    assertEquals(first.body(), second.body());
    assertEquals(first.header("webhook-id"), second.header("Idempotency-Key"));
    assertEquals(first.header("webhook-id"), second.header("webhook-id"));
    assertNotEquals(first.header("webhook-timestamp"), second.header("webhook-timestamp"));
    assertNotEquals(first.header("webhook-signature"), second.header("webhook-signature"));
    second.answer(200);
    sink.resolve(alert("orders").key());
    assertNotEquals(first.header("webhook-id"), sent().header("webhook-id"));
  }

  @Test
  void theSignatureIsThatOfTheSpecification() {
    // The example of the Standard Webhooks specification's libraries.
    byte[] secret = java.util.Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    String signature =
        new Signature(() -> secret)
            .of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, bytes("{\"test\": 2432232314}"));
    assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    assertArrayEquals(new byte[24], secret);
  }

  @Test
  void anAlertThatTheFarEndStumblesOverHoldsUpNoOther() {
    sink.raise(alert("bad"));
    sink.raise(alert("good"));
    ScriptedTransport.Asked bad = sent();
    assertTrue(bad.body().contains("\"bad\""));
    bad.answer(500);
    sink.courier().step();
    time.advance(Duration.ofSeconds(1));
    ScriptedTransport.Asked good = sent();
    assertTrue(good.body().contains("\"good\""), good.body());
    good.answer(200);
    assertTrue(sent().body().contains("\"bad\""));
  }

  @Test
  void changesWhileItIsAwayAreToldAsOne() {
    sink.raise(alert("orders"));
    sent().breakOff();
    sink.courier().step();
    sink.resolve(alert("orders").key());
    sink.raise(alert("orders"));
    sink.resolve(alert("orders").key());
    time.advance(Duration.ofSeconds(1));
    ScriptedTransport.Asked last = sent();
    assertTrue(last.body().startsWith("{\"type\":\"alert.resolved\""), last.body());
    last.answer(200);
    assertNothingIsSent();
  }

  @Test
  void aKeyThatCannotBeHadIsAFailureThatIsTriedAgain() {
    sink.raise(alert("orders"));
    key = new byte[0];
    sink.courier().step();
    sink.courier().step();
    assertEquals(new DeliveryCounts(0, 0, 1, 0, 1, 1), sink.counts());
    time.advance(Duration.ofSeconds(1));
    sent().answer(200);
    assertEquals(new DeliveryCounts(1, 0, 1, 0, 0, 1), sink.counts());
  }
}
