package dev.opskit.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** ISO-8601 in UTC with milliseconds; keeps the text of the last second. Confined to one thread. */
final class Timestamps {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

  private long lastSecond = Long.MIN_VALUE;
  private String lastText = "";

  String text(long epochMillis) {
    long second = Math.floorDiv(epochMillis, 1_000L);
    if (second != lastSecond) {
      lastText = SECONDS.format(Instant.ofEpochSecond(second));
      lastSecond = second;
    }
    int millis = (int) Math.floorMod(epochMillis, 1_000L);
    String zeros = millis < 10 ? "00" : millis < 100 ? "0" : "";
    return lastText + zeros + millis + 'Z';
  }
}
