package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupServiceBuilder;
import dev.opskit.backup.FileKeyProvider;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A backup beside {@code pg_dump -Fc} of the same data into the same kind of store, in the same
 * run. Sizes are asserted; times depend on the machine and are printed, with the CPU time of this
 * process and its children, which depends less on what else runs there. {@code
 * -Dopskit.backup.megabytes=360 -Dopskit.backup.rounds=5} measures.
 */
@Timeout(1800)
class BackupThroughputIT {
  private static final int MEGABYTES = Integer.getInteger("opskit.backup.megabytes", 20);
  private static final int ROUNDS = Integer.getInteger("opskit.backup.rounds", 1);

  @TempDir static Path folder;

  private static Shop shop;

  private interface Contender {
    /** Returns how many bytes it has stored. */
    long run() throws Exception;
  }

  private record Measured(List<Double> seconds, List<Double> cpu, List<Long> bytes) {
    double best() {
      return seconds.stream().mapToDouble(s -> s).min().orElseThrow();
    }

    double median() {
      return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    double leastCpu() {
      return cpu.stream().mapToDouble(s -> s).min().orElseThrow();
    }

    double megabytes() {
      return bytes.get(0) / 1e6;
    }
  }

  @BeforeAll
  static void open() throws Exception {
    shop = Shop.open(folder, 1);
    for (SampleData data : SampleData.values()) {
      data.create(shop, MEGABYTES);
    }
    Files.writeString(folder.resolve("k1"), "0f".repeat(32));
  }

  @AfterAll
  static void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"MIXED, FILES, 0.95", "MIXED, S3, 0.95", "PGBENCH, FILES, 0.5"})
  void isSmallerThanThePlainDump(SampleData data, Place place, double atMost) throws Exception {
    Map<String, Measured> measured = measure(contenders(data, place));
    Measured plain = measured.get("pg_dump -Fc");
    System.out.printf(
        Locale.ROOT, "%s, %d MB, into %s, %d rounds%n", data, MEGABYTES, place, ROUNDS);
    measured.forEach(
        (name, m) ->
            System.out.printf(
                Locale.ROOT,
                "  %-24s best %6.2f s, median %6.2f s, CPU %6.2f s, %6.1f MB; %.2f x as fast"
                    + " (best), %.2f x (median), %.2f x the size%n",
                name,
                m.best(),
                m.median(),
                m.leastCpu(),
                m.megabytes(),
                plain.best() / m.best(),
                plain.median() / m.median(),
                m.megabytes() / plain.megabytes()));
    for (String ours : List.of("opskit", "opskit, encrypted")) {
      double ratio = measured.get(ours).megabytes() / plain.megabytes();
      assertTrue(ratio <= atMost, () -> ours + " takes " + ratio + " of the size");
    }
  }

  private static Map<String, Contender> contenders(SampleData data, Place place) {
    PlainDump plain = new PlainDump(shop, data.database());
    Map<String, Contender> contenders = new LinkedHashMap<>();
    contenders.put(
        "pg_dump -Fc",
        () ->
            place == Place.FILES
                ? plain.intoFile(folder)
                : plain.intoS3(
                    S3Mock.shared().client(), S3Mock.BUCKET, S3Mock.freshPrefix() + "/plain"));
    contenders.put("opskit", () -> backUp(builder(data, place)));
    contenders.put(
        "opskit, encrypted",
        () -> backUp(builder(data, place).encryption(FileKeyProvider.of(folder, "k1"))));
    if (ROUNDS > 1) {
      contenders.put("opskit, no worker", () -> backUp(builder(data, place).workers(0)));
      contenders.put("opskit, two workers", () -> backUp(builder(data, place).workers(2)));
    }
    return contenders;
  }

  private static BackupServiceBuilder builder(SampleData data, Place place) {
    PostgresServer server =
        new PostgresServer(
            "127.0.0.1", shop.postgres().port(), data.database(), shop.postgres().user());
    return BackupService.builder("bench")
        .strategy(PostgresBackup.of(server, shop.postgres().password()::toCharArray))
        .store(place.empty(folder));
  }

  private static long backUp(BackupServiceBuilder builder) {
    try (BackupService backups = builder.build()) {
      return backups.backupNow().storedBytes();
    }
  }

  /** Round by round, so that whatever else the machine does concerns all. */
  private static Map<String, Measured> measure(Map<String, Contender> contenders) throws Exception {
    Map<String, Measured> measured = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
        double cpu = CpuClock.seconds();
        long begin = System.nanoTime();
        long bytes = contender.getValue().run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Measured m =
            measured.computeIfAbsent(
                contender.getKey(),
                n -> new Measured(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        m.seconds().add(seconds);
        m.cpu().add(CpuClock.seconds() - cpu);
        m.bytes().add(bytes);
      }
    }
    return measured;
  }
}
