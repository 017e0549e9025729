package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupUnavailableException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation with a server by way of psql: with the same settings and the same password as the
 * other tools, to any database, without a driver. It is over with the first error, and its
 * transaction with it; also when this process dies, as psql's input ends then.
 *
 * <p>Answers are rows of text. What may hold a tab or a line break has to be freed of it in SQL.
 * Confined to the thread that opened it.
 */
final class SqlSession implements AutoCloseable {
  /** Ends an answer; no server sends this character unless it is in the data. */
  private static final char END = '\u001d';

  private static final Pattern ERROR =
      Pattern.compile("(?:ERROR|FATAL):  (?:([0-9A-Z]{5}): )?([^\n]*)");
  private static final Set<String> REFUSALS = Set.of("42P04", "42501", "3D000", "42704", "42601");
  private static final Pattern REFUSED_CONNECTION =
      Pattern.compile("password authentication failed|no pg_hba|does not exist|permission denied");

  private final ToolProcess psql;
  private final InputStream answers;

  private SqlSession(ToolProcess psql) {
    this.psql = psql;
    this.answers = new BufferedInputStream(psql.stdout());
  }

  static List<String> command(String psql) {
    return List.of(
        psql,
        "--no-psqlrc",
        "--quiet",
        "--no-align",
        "--tuples-only",
        "--no-password",
        "--field-separator=\t",
        "--set=ON_ERROR_STOP=1",
        "--set=VERBOSITY=verbose");
  }

  static SqlSession open(ToolCommand command) throws IOException {
    return new SqlSession(command.start(ProcessBuilder.Redirect.PIPE));
  }

  /** Asks and waits for the rows. Several statements give their rows one after the other. */
  List<List<String>> query(String sql) throws IOException, InterruptedException {
    ask(sql);
    return answer();
  }

  String value(String sql) throws IOException, InterruptedException {
    return query(sql).get(0).get(0);
  }

  /** For what nobody could tell of, if it was left alone, whether it takes effect. */
  void outlastInterrupts() {
    psql.outlastInterrupts();
  }

  /** Asks only, so that something else can be done while the server works. */
  void ask(String sql) {
    psql.write((sql + "\n\\echo " + END + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Lets psql read statements, and the data between them, from elsewhere. */
  void pass(InputStream statements) throws IOException, InterruptedException {
    if (!psql.pass(statements)) {
      throw failure();
    }
  }

  List<List<String>> answer() throws IOException, InterruptedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int next = answers.read(); next != END; next = answers.read()) {
      if (next < 0) {
        throw failure();
      }
      text.write(next);
    }
    // The line break behind it.
    answers.read();
    if (text.size() == 0) {
      return List.of();
    }
    String rows = text.toString(StandardCharsets.UTF_8);
    return Arrays.stream(rows.substring(0, rows.length() - 1).split("\n", -1))
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .toList();
  }

  /** Whether {@link #answer} would not wait. */
  boolean hasAnswered() throws IOException {
    return answers.available() > 0 || !psql.isAlive();
  }

  /** Ends the server's work for this session, now. */
  void end(String reason) {
    psql.end(reason);
  }

  @Override
  public void close() {
    psql.close();
  }

  private BackupException failure() throws InterruptedException {
    ToolProcess.Ending ending = psql.await();
    Matcher error = ERROR.matcher(ending.said());
    if (!error.find()) {
      return new BackupUnavailableException(psql.describe(ending));
    }
    String state = error.group(1) == null ? "" : error.group(1);
    String message = "the server says: " + error.group(2);
    return REFUSALS.contains(state)
            || state.startsWith("28")
            || (state.isEmpty() && REFUSED_CONNECTION.matcher(ending.said()).find())
        ? new BackupRefusedException(message)
        : new BackupUnavailableException(message);
  }
}
