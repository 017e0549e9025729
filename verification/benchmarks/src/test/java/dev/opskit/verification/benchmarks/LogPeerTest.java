package dev.opskit.verification.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Otherwise a peer that does nothing would be the fastest. */
class LogPeerTest {
  private static final String MESSAGE =
      "order 4711 for a regular customer in the far north was accepted: 3 items, 129.90 EUR,"
          + " delivery on Friday";

  @ParameterizedTest
  @EnumSource
  void aPeerWritesTheMessage(LogPeer peer) throws IOException {
    byte[] line = peer.encoder().apply(peer.event(new LogEvents(), false));
    assertEquals(MESSAGE, StrictLine.message(line), new String(line, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void aPeerWritesTheException(LogPeer peer) throws IOException {
    byte[] line = peer.encoder().apply(peer.event(new LogEvents(), true));
    String text = new String(line, StandardCharsets.UTF_8);
    assertEquals(MESSAGE, StrictLine.message(line), text);
    assertTrue(text.contains("connection refused: orders-db:5432"), text);
    assertTrue(text.contains("LogEvents"), text);
  }

  @ParameterizedTest
  @EnumSource
  void aPeerAppendsWhatItEncodes(LogPeer peer) throws IOException {
    byte[] kept = peer.appending().apply(peer.event(new LogEvents(), false));
    String text = new String(kept, StandardCharsets.UTF_8);
    String line = text.substring(0, text.indexOf('\n'));
    assertEquals(MESSAGE, StrictLine.message(line.getBytes(StandardCharsets.UTF_8)), line);
  }

  /** The floor writes what the encoder writes, but for the level, the time and numbers as texts. */
  @Test
  void theFloorWritesAboutTheSame() throws IOException {
    byte[] line = new HandWrittenLine().apply(new LogEvents().logback(false));
    assertEquals(MESSAGE, StrictLine.message(line));
    byte[] ours = LogPeer.OPSKIT.encoder().apply(new LogEvents().logback(false));
    assertEquals(ours.length, line.length, 20);
  }
}
