package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.verification.integration.RealParts;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fingerprint beside {@code pg_dump -Fc -Z0 | zstd -1} of the same data, in turns, with the CPU
 * time of the tools and of the server. Both depend on the machine and are printed; {@code
 * -Dopskit.backup.megabytes=360 -Dopskit.backup.rounds=5} measures. That every table was read is
 * asserted.
 */
@Timeout(1800)
class FingerprintCostIT {
  private static final int MEGABYTES = Integer.getInteger("opskit.backup.megabytes", 20);
  private static final int ROUNDS = Integer.getInteger("opskit.backup.rounds", 1);

  @TempDir static Path folder;

  private static Shop shop;
  private static long postmaster;

  private interface Work {
    void run() throws Exception;
  }

  /** The best of its rounds, which is the least disturbed. */
  private record Best(double seconds, double cpu) {
    static final Best NONE = new Best(Double.MAX_VALUE, Double.MAX_VALUE);

    Best or(Work work) throws Exception {
      double cpuBefore = CpuClock.seconds() + CpuClock.secondsOfFamily(postmaster);
      long begin = System.nanoTime();
      work.run();
      double took = (System.nanoTime() - begin) / 1e9;
      double used = CpuClock.seconds() + CpuClock.secondsOfFamily(postmaster) - cpuBefore;
      return new Best(Math.min(seconds, took), Math.min(cpu, used));
    }
  }

  @BeforeAll
  static void open() throws Exception {
    RealParts.executable("zstd", "zstd", "install Debian's package 'zstd'");
    shop = Shop.open(folder, 1);
    postmaster =
        Long.parseLong(
            shop.query("postgres", "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
    for (SampleData data : SampleData.values()) {
      data.create(shop, MEGABYTES);
    }
  }

  @AfterAll
  static void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isMeasuredBesideADumpOfTheSameData(SampleData data) throws Exception {
    Best dump = Best.NONE;
    Best fingerprint = Best.NONE;
    for (int round = 0; round < ROUNDS; round++) {
      dump = dump.or(() -> dump(data.database()));
      fingerprint = fingerprint.or(() -> fingerprint(data.database()));
    }
    System.out.printf(
        Locale.ROOT,
        "%s, %d MB, best of %d: pg_dump -Fc -Z0 | zstd -1 %.2f s, CPU %.2f s; fingerprint %.2f s,"
            + " CPU %.2f s; ratio %.2f, CPU %.2f%n",
        data,
        MEGABYTES,
        ROUNDS,
        dump.seconds(),
        dump.cpu(),
        fingerprint.seconds(),
        fingerprint.cpu(),
        fingerprint.seconds() / dump.seconds(),
        fingerprint.cpu() / dump.cpu());
  }

  private static void dump(String database) throws Exception {
    Path file = folder.resolve("dump.zst");
    List<Process> pipeline =
        ProcessBuilder.startPipeline(
            List.of(
                tool(Tools.pgDump().toString(), "-Fc", "-Z0", "--no-password", "-d", database),
                tool("zstd", "-1", "-q", "-f", "-o", file.toString())));
    for (Process process : pipeline) {
      assertEquals(0, process.waitFor());
    }
    assertTrue(Files.size(file) > 0);
  }

  /** With the statements of a backup, in the order in which a backup runs them. */
  private static void fingerprint(String database) throws Exception {
    Path out = folder.resolve("fingerprint.txt");
    Process psql =
        tool(
                "psql",
                "-X",
                "-q",
                "-A",
                "-t",
                "-F\t",
                "--no-password",
                "-d",
                database,
                "--set=ON_ERROR_STOP=1")
            .redirectOutput(out.toFile())
            .start();
    try (OutputStream in = psql.getOutputStream()) {
      in.write(
          "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n".getBytes(StandardCharsets.UTF_8));
      for (String script : List.of("sequences.sql", "fingerprint.sql", "sequences.sql")) {
        try (InputStream sql =
            Objects.requireNonNull(PostgresBackup.class.getResourceAsStream(script), script)) {
          sql.transferTo(in);
        }
      }
    }
    assertEquals(0, psql.waitFor());
    String tables =
        shop.query(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
    try (var lines = Files.lines(out)) {
      assertEquals(
          Long.parseLong(tables), lines.filter(line -> line.startsWith("rows\tpublic.")).count());
    }
  }

  private static ProcessBuilder tool(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(shop.postgres().port()));
    builder.environment().put("PGUSER", shop.postgres().user());
    builder.environment().put("PGPASSWORD", shop.postgres().password());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
