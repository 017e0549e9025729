package dev.opskit.metrics.alert;

import static dev.opskit.metrics.alert.Alerts.alert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.time.ManualTimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryFaultsTest {
  private static final Duration RESEND = Duration.ofSeconds(16);

  private final ManualTimeSource time = new ManualTimeSource(Alerts.START);
  private final ScriptedTransport transport = new ScriptedTransport();
  private final AlertmanagerSink sink = builder("http://one").build(transport);

  private AlertmanagerSinkBuilder builder(String... peers) {
    URI[] addresses = java.util.stream.Stream.of(peers).map(URI::create).toArray(URI[]::new);
    return AlertmanagerSink.to(addresses).time(time).resend(RESEND).capacity(3);
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
  void whileThePeerIsAwayItIsAskedLessAndLessOftenButWithinOneInterval() {
    sink.raise(alert("orders"));
    sent().breakOff();
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Duration wait = Duration.ofNanos(sink.courier().step());
      assertEquals(0, transport.waiting.size());
      waits.add(wait.toMillis());
      time.advance(wait);
      sent().answer(503);
    }
    for (int i = 0; i < waits.size(); i++) {
      long most = Math.min(RESEND.toMillis(), 2_000L << i);
      assertTrue(waits.get(i) >= most / 2 && waits.get(i) <= most, waits.toString());
    }
    assertEquals(new DeliveryCounts(0, 0, 9, 0, 1, 1), sink.counts());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 408, 429})
  void whatMayPassIsTriedAgainSoon(int status) {
    sink.raise(alert("orders"));
    sent().answer(status);
    assertNothingIsSent();
    time.advance(RESEND.dividedBy(8));
    sent().answer(200);
    assertEquals(new DeliveryCounts(1, 0, 1, 0, 0, 1), sink.counts());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void whatIsWrongIsNotSentAgainBeforeItChanges(int status) {
    sink.raise(alert("orders"));
    sent().answer(status);
    time.advance(RESEND.multipliedBy(3));
    assertNothingIsSent();
    assertEquals(new DeliveryCounts(0, 1, 0, 0, 0, 1), sink.counts());
    sink.raise(alert("orders", Alert.Severity.CRITICAL, "in better words"));
    sent().answer(200);
    assertEquals(new DeliveryCounts(1, 1, 0, 0, 0, 1), sink.counts());
  }

  @Test
  void oneThatIsWrongKeepsNothingFromTheOthers() {
    sink.raise(alert("a"));
    sink.raise(alert("bad"));
    sink.raise(alert("c"));
    sent().answer(400);
    List<String> alone = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ScriptedTransport.Asked asked = sent();
      alone.add(asked.body().replaceAll(".*\"source\":\"(\\w+)\".*", "$1"));
      asked.answer(asked.body().contains("\"bad\"") ? 400 : 200);
    }
    assertEquals(List.of("a", "bad", "c"), alone);
    assertEquals(new DeliveryCounts(2, 1, 0, 0, 0, 3), sink.counts());
    time.advance(RESEND);
    String again = sent().body();
    assertTrue(again.contains("\"a\"") && again.contains("\"c\""), again);
    assertFalse(again.contains("\"bad\""), again);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 403, 404})
  void aWrongAddressIsLeftAloneForAboutOneInterval(int status) {
    sink.raise(alert("orders"));
    sent().answer(status);
    time.advance(RESEND.dividedBy(2).minusMillis(1));
    assertNothingIsSent();
    time.advance(RESEND.dividedBy(2).plusMillis(1));
    sent().answer(200);
    assertEquals(new DeliveryCounts(1, 1, 0, 0, 0, 1), sink.counts());
  }

  @Test
  void aPeerThatDoesNotAnswerIsGivenUpAndALateAnswerIsIgnored() {
    sink.raise(alert("orders"));
    ScriptedTransport.Asked slow = sent();
    time.advance(Duration.ofSeconds(5));
    assertNothingIsSent();
    assertEquals(List.of(slow.request()), transport.cancelled);
    slow.answer(200);
    sink.courier().step();
    assertEquals(new DeliveryCounts(0, 0, 1, 0, 1, 1), sink.counts());
    time.advance(RESEND);
    sent().answer(200);
    assertEquals(new DeliveryCounts(1, 0, 1, 0, 0, 1), sink.counts());
  }

  @Test
  void eachPeerGetsEverythingWhateverBecomesOfTheOthers() {
    try (AlertmanagerSink two =
        builder("http://one", "http://two/am/").closeWithin(Duration.ZERO).build(transport)) {
      two.raise(alert("orders"));
      two.courier().step();
      ScriptedTransport.Asked one = transport.next();
      ScriptedTransport.Asked other = transport.next();
      assertEquals(URI.create("http://two/am/api/v2/alerts"), other.request().uri());
      other.answer(200);
      two.courier().step();
      assertEquals(0, two.counts().pending());
      one.breakOff();
      two.courier().step();
      time.advance(RESEND.dividedBy(8));
      two.courier().step();
      assertEquals(URI.create("http://one/api/v2/alerts"), transport.next().request().uri());
      assertEquals(0, transport.waiting.size());
    }
  }

  @Test
  void whatFindsNoRoomIsDroppedAndCounted() {
    for (String what : List.of("a", "b", "c", "d", "e")) {
      sink.raise(alert(what));
    }
    assertEquals(new DeliveryCounts(0, 0, 0, 2, 3, 3), sink.counts());
    assertFalse(sent().body().contains("\"d\""));
  }

  @Test
  void whatHasEndedAndIsToldMakesRoom() {
    List.of("a", "b", "c").forEach(what -> sink.raise(alert(what)));
    sink.resolve(alert("b").key());
    sink.raise(alert("too early"));
    sent().answer(200);
    sink.courier().step();
    sink.raise(alert("d"));
    assertEquals(new DeliveryCounts(3, 0, 0, 1, 1, 3), sink.counts());
    assertTrue(sent().body().contains("\"d\""));
  }

  @Test
  void anEndThatNobodyCouldBeToldOfIsDroppedAndCounted() {
    sink.raise(alert("orders"));
    sent().breakOff();
    sink.courier().step();
    sink.resolve(alert("orders").key());
    time.advance(Duration.ofMinutes(5));
    assertNothingIsSent();
    assertEquals(new DeliveryCounts(0, 0, 1, 1, 0, 0), sink.counts());
  }

  @Test
  void whatIsRaisedAfterTheCloseIsDropped() {
    AlertmanagerSink closed = builder("http://one").closeWithin(Duration.ZERO).build(transport);
    closed.close();
    closed.raise(alert("orders"));
    assertEquals(new DeliveryCounts(0, 0, 0, 1, 0, 0), closed.counts());
  }

  @Test
  void atTheEndEachPeerIsTriedOnceMoreWhateverItsBackOff() {
    sink.raise(alert("orders"));
    sent().breakOff();
    assertNothingIsSent();
    assertFalse(sink.courier().isDone());
    sink.courier().close(Duration.ZERO);
    ScriptedTransport.Asked last = sent();
    assertFalse(sink.courier().isDone());
    last.breakOff();
    assertNothingIsSent();
    assertTrue(sink.courier().isDone());
  }
}
