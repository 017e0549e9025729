package dev.opskit.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** ISO-8601 in UTC with milliseconds; keeps the text of the last second. Confined to one thread. */
final class Timestamps {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

  private long lastSecond = Long.MIN_VALUE;
  private byte[] lastText = {};

  void write(LineBuffer line, long epochMillis) {
    long second = Math.floorDiv(epochMillis, 1_000L);
    if (second != lastSecond) {
      lastText = Ascii.bytes(SECONDS.format(Instant.ofEpochSecond(second)));
      lastSecond = second;
    }
    int millis = (int) Math.floorMod(epochMillis, 1_000L);
    line.raw(lastText);
    line.ascii((char) ('0' + millis / 100));
    line.ascii((char) ('0' + millis / 10 % 10));
    line.ascii((char) ('0' + millis % 10));
    line.ascii('Z');
  }
}
