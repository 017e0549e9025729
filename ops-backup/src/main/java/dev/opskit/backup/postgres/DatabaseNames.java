package dev.opskit.backup.postgres;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the databases beside a live one: those that are being restored, and those that were
 * live before. Everything that is known about them is in the name, which outlives every process.
 */
record DatabaseNames(String live) {
  /** What a name adds to the live one's. The server cuts names at 63 bytes. */
  static final int ADDED_BYTES = 28;

  private static final String NEW = "__new_";
  private static final String OLD = "__old_";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssSSS").withResolverStyle(ResolverStyle.STRICT);

  String scratch(Instant now) {
    return name(NEW, now);
  }

  String old(Instant now) {
    return name(OLD, now);
  }

  boolean isScratch(String database) {
    return stamp(NEW, database).isPresent();
  }

  /** When it was replaced; empty if the name is not one of a restore point. */
  Optional<Instant> replacedAt(String database) {
    return stamp(OLD, database);
  }

  private String name(String kind, Instant now) {
    return live
        + kind
        + STAMP.format(now.atOffset(ZoneOffset.UTC))
        + "_"
        + UUID.randomUUID().toString().substring(0, 4);
  }

  private Optional<Instant> stamp(String kind, String database) {
    Matcher name =
        Pattern.compile(Pattern.quote(live + kind) + "(\\d{17})_[0-9a-f]{4}").matcher(database);
    try {
      return name.matches()
          ? Optional.of(LocalDateTime.parse(name.group(1), STAMP).toInstant(ZoneOffset.UTC))
          : Optional.empty();
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }
}
