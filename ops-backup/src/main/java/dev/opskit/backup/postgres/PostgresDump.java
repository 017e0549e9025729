package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One dump, everything of it from one snapshot. */
final class PostgresDump {
  private static final Logger logger = LoggerFactory.getLogger(PostgresDump.class);
  static final String ARCHIVE = "database";
  static final String SETTINGS = "settings";
  static final String GLOBALS = "globals";
  static final String FINGERPRINT = "fingerprint";

  private final Server server;
  private final PostgresOptions options;
  private final String database;

  /** By which the sessions of this dump are told from all others. */
  private final String name =
      LibpqEnvironment.NAME + "-" + UUID.randomUUID().toString().substring(0, 8);

  PostgresDump(Server server, PostgresOptions options) {
    this.server = server;
    this.options = options;
    this.database = options.database();
  }

  Map<String, String> run(BackupSink sink) throws IOException, InterruptedException {
    PgTools tools = server.tools();
    try (SqlSession session = server.session(database, name);
        Keeper keeper = Keeper.open(session, database)) {
      Map<String, String> facts = keeper.facts();
      facts.put("tool.version", tools.version());
      facts.put("tool.major", Integer.toString(tools.major()));
      String settings = keeper.settings();
      String globals = keeper.globals();
      keeper.beginFingerprint();
      Fingerprint fingerprint = dump(sink, tools, keeper, facts);
      write(sink, SETTINGS, settings);
      write(sink, GLOBALS, globals);
      write(sink, FINGERPRINT, fingerprint.text());
      facts.put("rows", Long.toString(fingerprint.rows()));
      return facts;
    }
  }

  private Fingerprint dump(BackupSink sink, PgTools tools, Keeper keeper, Map<String, String> facts)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            tools.pgDump().toString(),
            "--format=custom",
            // Compressed and hashed by us, which is faster and finds damage that pg_restore cannot.
            "--compress=0",
            "--no-password",
            "--snapshot=" + keeper.snapshot(),
            // Holding up a migration is worse than a late backup.
            "--lock-wait-timeout=" + options.lockWait().toMillis());
    try (ToolProcess pgDump =
        server
            .command(command, database, name, options.stallLimit())
            .start(ProcessBuilder.Redirect.PIPE)) {
      DdlWatch watch =
          DdlWatch.start(
              server,
              options,
              name,
              reason -> {
                pgDump.end(reason);
                keeper.end(reason);
              });
      try {
        OutputStream out = sink.stream(ARCHIVE);
        pgDump.copyTo(out);
        String warnings = pgDump.awaitSuccess();
        if (!warnings.isEmpty()) {
          logger.warn("pg_dump of {} warned: {}", database, warnings);
          facts.put("tool.warnings", warnings);
        }
        out.close();
        return keeper.fingerprint();
      } finally {
        watch.close();
      }
    }
  }

  private static void write(BackupSink sink, String stream, String text) throws IOException {
    OutputStream out = sink.stream(stream);
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.close();
  }
}
