package dev.opskit.backup;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Time first, so that a listing is in order; random after it, so that no two runs ever meet. */
final class BackupId {
  private static final Pattern TIME_FORM = Pattern.compile("\\d{8}T\\d{9}Z");
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{9}Z-[0-9a-f]{16}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private BackupId() {}

  static String next(Instant startedAt, SecureRandom random) {
    byte[] suffix = new byte[8];
    random.nextBytes(suffix);
    return time(startedAt) + "-" + HexFormat.of().formatHex(suffix);
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  static boolean isValid(String id) {
    return FORM.matcher(id).matches();
  }

  static boolean isTime(String time) {
    return TIME_FORM.matcher(time).matches();
  }

  /**
   * The time at the beginning of an id, or a time alone; the far future if there is no such time.
   */
  static Instant timeOf(String idOrTime) {
    try {
      return TIME.parse(idOrTime.substring(0, idOrTime.indexOf('Z') + 1), Instant::from);
    } catch (DateTimeException e) {
      return Instant.MAX;
    }
  }
}
