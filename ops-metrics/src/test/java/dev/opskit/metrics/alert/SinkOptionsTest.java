package dev.opskit.metrics.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkOptionsTest {
  private static final URI PEER = URI.create("http://peer");

  private static void assertRefused(String message, UnaryOperator<AlertmanagerSinkBuilder> wrong) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> wrong.apply(AlertmanagerSink.to(PEER)).build(new ScriptedTransport()))
            .getMessage());
  }

  @Test
  void whatIsOutOfItsRangeIsNamed() {
    assertRefused("resend is PT0.05S, must be PT0.1S to PT24H", b -> b.resend(millis(50)));
    assertRefused(
        "keepResolved is PT-0.001S, must be PT0S to PT24H", b -> b.keepResolved(millis(-1)));
    assertRefused("timeout is PT0S, must be PT0.001S to PT24H", b -> b.timeout(Duration.ZERO));
    assertRefused("closeWithin is PT25H, must be PT0S to PT24H", b -> b.closeWithin(hours(25)));
    assertRefused("capacity is 0, must be 1 to 100000", b -> b.capacity(0));
    assertRefused("name is 'A b', must be of the form [a-z][a-z0-9_-]{0,39}", b -> b.name("A b"));
    assertRefused(
        "label 'a-b' is not of the form [a-zA-Z_][a-zA-Z0-9_]*", b -> b.label("a-b", "c"));
  }

  @Test
  void theBackOffOfAWebhookIsNamed() {
    WebhookSinkBuilder builder =
        WebhookSink.to(PEER, () -> new byte[1])
            .firstBackoff(Duration.ofSeconds(9))
            .longestBackoff(Duration.ofSeconds(8));
    assertEquals(
        "longestBackoff is PT8S, must be PT9S to PT24H",
        assertThrows(IllegalArgumentException.class, () -> builder.build(new ScriptedTransport()))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://peer", "peer:9093", "/path", "http:///x", "http://user:pass1234@peer"})
  void anAddressThatIsNoneIsRefusedWithoutItsSecrets(String address) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> AlertmanagerSink.to(URI.create(address)));
    assertTrue(e.getMessage().startsWith("peer is "), e.getMessage());
    assertFalse(e.getMessage().contains("pass1234"), e.getMessage());
  }

  @Test
  void aSinkWithoutAPeerIsRefused() {
    assertThrows(IllegalArgumentException.class, AlertmanagerSink::to);
    assertThrows(
        IllegalArgumentException.class, () -> AlertmanagerSink.to(URI.create("http://peer?a=b")));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }
}
