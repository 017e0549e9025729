package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupSink;
import dev.opskit.backup.postgres.Archives.Archive;
import dev.opskit.backup.postgres.Together.Work;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One dump, everything of it from one snapshot. */
final class PostgresDump {
  private static final Logger logger = LoggerFactory.getLogger(PostgresDump.class);
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
    try (SqlSession session = server.session(database, name)) {
      PgTools tools = server.tools(session);
      Keeper keeper = Keeper.open(session, database);
      Map<String, String> facts = keeper.facts();
      facts.put("tool.version", tools.version());
      facts.put("tool.major", Integer.toString(tools.major()));
      String settings = keeper.settings();
      String globals = keeper.globals();
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
    List<Archive> archives = keeper.archives(options.shards());
    keeper.beginFingerprint(options.shards());
    Queue<ToolProcess> running = new ConcurrentLinkedQueue<>();
    Set<String> warnings = Collections.synchronizedSet(new LinkedHashSet<>());
    DdlWatch watch =
        DdlWatch.start(
            server,
            options,
            name,
            reason -> {
              running.forEach(pgDump -> pgDump.end(reason));
              keeper.end(reason);
            });
    try {
      List<Work> dumps = new ArrayList<>();
      for (Archive archive : archives) {
        List<String> command = command(tools, keeper, archive);
        OutputStream out = sink.stream(archive.stream());
        dumps.add(() -> warnings.add(dump(command, out, running)));
      }
      Together.run(noMoreThanAskedFor(dumps));
      warnings.remove("");
      if (!warnings.isEmpty()) {
        String all = String.join("\n", warnings);
        logger.warn("pg_dump of {} warned: {}", database, all);
        facts.put("tool.warnings", all);
      }
      return keeper.fingerprint();
    } finally {
      watch.close();
    }
  }

  /** The last of several is small, so it comes after the first. */
  private static List<Work> noMoreThanAskedFor(List<Work> dumps) {
    if (dumps.size() == 1) {
      return dumps;
    }
    List<Work> together = new ArrayList<>(dumps);
    Work last = together.remove(dumps.size() - 1);
    together.set(
        0,
        () -> {
          dumps.get(0).run();
          last.run();
        });
    return together;
  }

  private List<String> command(PgTools tools, Keeper keeper, Archive archive) {
    List<String> command = new ArrayList<>();
    command.add(tools.pgDump().toString());
    command.add("--format=custom");
    // Compressed and hashed by us, which is faster and finds damage that pg_restore cannot.
    command.add("--compress=0");
    command.add("--no-password");
    command.add("--snapshot=" + keeper.snapshot());
    // Holding up a migration is worse than a late backup.
    command.add("--lock-wait-timeout=" + options.lockWait().toMillis());
    command.addAll(archive.selection());
    return command;
  }

  /** Gives back what pg_dump has warned of. */
  private String dump(List<String> command, OutputStream out, Queue<ToolProcess> running)
      throws IOException, InterruptedException {
    try (ToolProcess pgDump =
        server
            .command(command, database, name, options.stallLimit())
            .start(ProcessBuilder.Redirect.PIPE)) {
      running.add(pgDump);
      pgDump.copyTo(out);
      String warnings = pgDump.awaitSuccess();
      out.close();
      return warnings;
    }
  }

  private static void write(BackupSink sink, String stream, String text) throws IOException {
    OutputStream out = sink.stream(stream);
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.close();
  }
}
