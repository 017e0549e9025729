package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * All of a database as pg_dump writes it for people, which is another witness than a fingerprint.
 */
final class PlainText {
  private PlainText() {}

  static String of(Shop shop, String database) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Tools.pgDump().toString(), "-h", "127.0.0.1", "-d", database, "--no-password");
    builder.environment().put("PGPORT", Integer.toString(shop.postgres().port()));
    builder.environment().put("PGUSER", shop.postgres().user());
    builder.environment().put("PGPASSWORD", shop.postgres().password());
    Process pgDump = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text = new String(pgDump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, pgDump.waitFor());
    // Newer versions make up a word for each dump.
    return text.replaceAll("(?m)^\\\\(un)?restrict .*$", "");
  }
}
