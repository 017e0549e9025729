package dev.opskit.backup.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** The longer questions, kept in files that psql can also be given by hand. */
enum Script {
  SEQUENCES,
  FINGERPRINT,
  SETTINGS,
  GLOBALS,
  TABLES,
  /** Drops all that users have made in a database. */
  EMPTY;

  String text() {
    String file = name().toLowerCase(Locale.ROOT) + ".sql";
    try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
