package dev.opskit.backup;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Time first, so that a listing is in order; random after it, so that no two runs ever meet. */
final class BackupId {
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{9}Z-[0-9a-f]{16}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private BackupId() {}

  static String next(Instant startedAt, SecureRandom random) {
    byte[] suffix = new byte[8];
    random.nextBytes(suffix);
    return TIME.format(startedAt) + "-" + HexFormat.of().formatHex(suffix);
  }

  static boolean isValid(String id) {
    return FORM.matcher(id).matches();
  }
}
