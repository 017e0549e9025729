package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a {@link PostgresDump} has written: to look at it, into a new database, in place. */
final class PostgresLoad {
  private static final Logger logger = LoggerFactory.getLogger(PostgresLoad.class);

  private final Server server;
  private final PostgresOptions options;

  PostgresLoad(Server server, PostgresOptions options) {
    this.server = server;
    this.options = options;
  }

  void inspect(BackupSource source) throws IOException, InterruptedException {
    settings(source);
    globals(source);
    fingerprint(source);
    PgTools tools = server.locator().atLeast(toolMajor(source));
    for (String stream : Archives.inOrder(source.streams())) {
      inspect(source.open(stream), tools);
    }
  }

  private void inspect(InputStream stream, PgTools tools) throws IOException, InterruptedException {
    try (InputStream archive = stream;
        ToolProcess pgRestore =
            server
                .command(List.of(tools.pgRestore().toString(), "--file=-"))
                .start(ProcessBuilder.Redirect.DISCARD)) {
      pgRestore.feed(archive);
      ToolProcess.Ending ending = pgRestore.await();
      if (ending.wasKilled()) {
        throw new BackupUnavailableException(pgRestore.describe(ending));
      }
      if (ending.status() != 0) {
        throw new BackupCorruptException(pgRestore.describe(ending));
      }
    }
  }

  void into(BackupSource source, String target) throws IOException, InterruptedException {
    PgTools tools = server.tools();
    String settings = settings(source);
    globals(source);
    fingerprint(source);
    server.create(target, source.facts());
    boolean complete = false;
    try {
      load(source, tools, target);
      try (SqlSession session = server.session(target, LibpqEnvironment.NAME)) {
        // Without statistics the first queries take a hundred times as long.
        session.query("ANALYZE;");
      }
      try (SqlSession session = server.session()) {
        DatabaseSettings.apply(session, settings, target, options.withRoles());
      }
      complete = true;
    } finally {
      if (!complete) {
        dropIncomplete(target);
      }
    }
  }

  /** As one transaction: whoever looks sees all that was there or all that is in the backup. */
  void inPlace(BackupSource source) throws IOException, InterruptedException {
    PgTools tools = server.tools();
    Fingerprint expected = fingerprint(source);
    if (expected.hasLargeObjects()) {
      // The statements of pg_restore commit in the middle of it to load them.
      throw new BackupRefusedException(
          "the backup has large objects, which cannot be restored in place: swap it in instead");
    }
    try (SqlSession session = server.session(options.database(), LibpqEnvironment.NAME)) {
      session.query(
          "BEGIN;\nSET LOCAL lock_timeout = %d;\nSET LOCAL client_min_messages = warning;\n%s"
              .formatted(options.lockWait().toMillis(), Script.EMPTY.text()));
      // pg_restore on its own could not drop in the same transaction what was made after the
      // backup.
      new Replay(server, restoring(tools), session).of(source);
      List<String> differences =
          expected.differences(
              read(session), options.withRoles(), isOfSameMajor(source, tools.major()));
      if (!differences.isEmpty()) {
        throw new BackupCorruptException(
            "what was restored is not what was backed up, nothing has changed: " + differences);
      }
      session.query("COMMIT;");
    }
  }

  List<String> createGlobals(BackupSource source) throws IOException, InterruptedException {
    String globals = globals(source);
    if (!options.withRoles()) {
      return List.of();
    }
    try (SqlSession session = server.session()) {
      return DatabaseGlobals.create(session, globals);
    }
  }

  List<String> differences(BackupSource source, String database)
      throws IOException, InterruptedException {
    Fingerprint expected = fingerprint(source);
    try (SqlSession session = server.session(database, LibpqEnvironment.NAME)) {
      boolean sameMajor = isOfSameMajor(source, Server.major(session));
      session.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;");
      return expected.differences(read(session), options.withRoles(), sameMajor);
    }
  }

  void dropIncomplete(String target) {
    // A new session would be ended at once for a thread that is interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      server.drop(target);
    } catch (IOException | InterruptedException | BackupException e) {
      logger.warn("database {} could not be dropped, drop it by hand", target, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void load(BackupSource source, PgTools tools, String target)
      throws IOException, InterruptedException {
    List<String> command = restoring(tools);
    command.add("--no-password");
    command.add("--dbname=" + Identifiers.connectionString(target));
    for (List<String> stage : Archives.stages(source.streams())) {
      List<Together.Work> loads = new ArrayList<>();
      for (String stream : stage) {
        loads.add(() -> load(source.open(stream), command, target));
      }
      Together.run(loads);
    }
  }

  private void load(InputStream stream, List<String> command, String target)
      throws IOException, InterruptedException {
    try (InputStream archive = stream;
        ToolProcess pgRestore =
            server
                .command(command, target, LibpqEnvironment.NAME, null)
                .start(ProcessBuilder.Redirect.DISCARD)) {
      pgRestore.feed(archive);
      warn(pgRestore.awaitSuccess(), target);
    }
  }

  private List<String> restoring(PgTools tools) {
    List<String> command = new ArrayList<>();
    command.add(tools.pgRestore().toString());
    command.add("--exit-on-error");
    if (!options.withRoles()) {
      command.add("--no-owner");
      command.add("--no-acl");
    }
    return command;
  }

  private static Fingerprint read(SqlSession session) throws IOException, InterruptedException {
    List<List<String>> sequences = session.query(Script.SEQUENCES.text());
    return Fingerprint.of(session.query(Script.FINGERPRINT.text()), sequences, sequences);
  }

  private static Fingerprint fingerprint(BackupSource source) throws IOException {
    return Fingerprint.parse(text(source, PostgresDump.FINGERPRINT));
  }

  private static String settings(BackupSource source) throws IOException {
    String settings = text(source, PostgresDump.SETTINGS);
    DatabaseSettings.requireComplete(settings);
    return settings;
  }

  private static String globals(BackupSource source) throws IOException {
    if (!source.streams().contains(PostgresDump.GLOBALS)) {
      return DatabaseGlobals.NONE;
    }
    String globals = text(source, PostgresDump.GLOBALS);
    DatabaseGlobals.requireComplete(globals);
    return globals;
  }

  private static String text(BackupSource source, String stream) throws IOException {
    try (InputStream in = source.open(stream)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void warn(String warnings, String target) {
    if (!warnings.isEmpty()) {
      logger.warn("pg_restore into {} warned: {}", target, warnings);
    }
  }

  private static boolean isOfSameMajor(BackupSource source, int major) {
    return toolMajor(source) == major;
  }

  private static int toolMajor(BackupSource source) {
    String major = DatabaseFacts.fact(source.facts(), "tool.major");
    try {
      return Integer.parseInt(major);
    } catch (NumberFormatException e) {
      throw new BackupCorruptException("the fact tool.major is '" + major + "'", e);
    }
  }
}
