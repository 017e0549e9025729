package dev.opskit.examples.orders.story;

import dev.opskit.backup.BackupEvent;
import dev.opskit.backup.BackupMark;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.DrillEvidence;
import dev.opskit.backup.DrillReport;
import dev.opskit.backup.EvidenceReport;
import dev.opskit.backup.RecoveryPlan;
import dev.opskit.backup.RecoveryReport;
import dev.opskit.backup.RecoveryService;
import dev.opskit.backup.RestorePoint;
import dev.opskit.backup.VerificationReport;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.examples.orders.Evidence;
import dev.opskit.examples.orders.ProgressLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A backup, the proof that it can be restored, and a recovery after a mistake. */
final class BackupChapter {
  private static final double MEGABYTE = 1e6;
  private static final int HISTORY = 200_000;
  private static final Duration PROGRESS_PAUSE = Duration.ofSeconds(1);

  private final Sandbox sandbox;
  private final BackupService backups;
  private final MaintenanceMode maintenance;
  private final Browser shop;

  BackupChapter(Sandbox sandbox, BackupService backups, MaintenanceMode maintenance, Browser shop) {
    this.sandbox = sandbox;
    this.maintenance = maintenance;
    this.shop = shop;
    this.backups = backups;
  }

  void tell(Narrator narrator) throws Exception {
    narrator.chapter("A backup, and the proof of its restore");
    addHistory();
    String before = fingerprint(live());
    narrator.say("The database now has a history, too: %s.", before);

    BackupRecord backup;
    try {
      backup = backup(narrator);
    } catch (BackupRefusedException e) {
      narrator.skip(e.getMessage());
      return;
    }
    narrator.expect(
        backups.catalog().latest().equals(Optional.of(backup)),
        "backup %s: %.1f MB of data in %d chunks of together %.1f MB, %.1f s",
        backup.id(),
        backup.plainBytes() / MEGABYTE,
        backup.chunks(),
        backup.storedBytes() / MEGABYTE,
        backup.took().toMillis() / 1000.0);

    VerificationReport verified =
        followed(
            narrator, BackupEvent.Verified.class::isInstance, () -> backups.verify(backup.id()));
    narrator.expect(
        verified.plainBytes() == backup.plainBytes(),
        "every chunk was read again and has its checksum, %.1f s",
        verified.took().toMillis() / 1000.0);

    DrillReport drill =
        followed(
            narrator,
            BackupEvent.Drilled.class::isInstance,
            () -> backups.restores().drill(backup.id()));
    narrator.expect(
        backups.catalog().marked().get(0).is(BackupMark.DRILLED),
        "a drill restored it, found every row, index and right as it was, and dropped the copy,"
            + " %.1f s",
        drill.took().toMillis() / 1000.0);
    showEvidence(narrator);
    restore(narrator, backup, before);
  }

  private void showEvidence(Narrator narrator) throws IOException, GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path folder = sandbox.folder().resolve("evidence");
    EvidenceReport evidence = Evidence.write(backups, Optional.of(keys.getPrivate()), folder);
    narrator.say("The evidence for an auditor:");
    narrator.quote(evidence.markdown());
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(keys.getPublic());
    check.update(Files.readAllBytes(folder.resolve("evidence.json")));
    narrator.expect(
        check.verify(Files.readAllBytes(folder.resolve("evidence.json.sig")))
            && evidence.count(DrillEvidence.Outcome.PASSED) == 1,
        "the same for programs is signed: %s",
        folder.resolve("evidence.json"));
  }

  private void restore(Narrator narrator, BackupRecord backup, String before) throws SQLException {
    execute("DELETE FROM orders WHERE id % 2 = 0");
    String damaged = fingerprint(live());
    narrator.say("Somebody deletes every second order: %s.", damaged);

    RecoveryPlan plan =
        RecoveryPlan.databaseFailure(backups.source())
            .probes(
                database -> {
                  if (maintenance.current().isEmpty()) {
                    throw new IllegalStateException("the service takes orders meanwhile");
                  }
                });
    RecoveryReport report =
        followed(
            narrator,
            BackupChapter::isTheEnd,
            () -> RecoveryService.of(backups, maintenance, AlertSink.none()).run(plan));
    for (RecoveryReport.Step step : report.steps()) {
      narrator.say("%s took %.1f s", step.name(), step.took().toMillis() / 1000.0);
    }
    String after = fingerprint(live());
    narrator.expect(
        after.equals(before) && report.backup().equals(backup.id()),
        "in maintenance, restored beside it, compared, and swapped in: %s",
        after);
    List<RestorePoint> old = backups.restores().points();
    narrator.expect(
        !old.isEmpty() && fingerprint(old.get(0).target()).equals(damaged),
        "what was live before is kept as %s, for an undo",
        old.isEmpty() ? "nothing" : old.get(0).target());
    narrator.expect(
        Patience.until(() -> shop.get("/orders").statusCode() == 200),
        "the service has found the restored database by itself");
  }

  private BackupRecord backup(Narrator narrator) {
    return followed(narrator, BackupEvent.Completed.class::isInstance, backups::backupNow);
  }

  /** Tells of the progress while it goes on; what follows is told after the last of it. */
  private <T> T followed(Narrator narrator, Predicate<BackupEvent> isEnd, Supplier<T> work) {
    AtomicInteger lines = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    ProgressLines progress =
        new ProgressLines(
            line -> {
              lines.incrementAndGet();
              narrator.say("%s", line);
            },
            PROGRESS_PAUSE);
    T result;
    try (Subscription subscription =
        backups.onEvent(
            event -> {
              progress.accept(event);
              if (isEnd.test(event)) {
                ended.set(true);
              }
            })) {
      result = work.get();
      Patience.until(ended::get);
    }
    narrator.expect(lines.get() > 0, "its progress was told in %d lines", lines.get());
    return result;
  }

  private static boolean isTheEnd(BackupEvent event) {
    return event instanceof BackupEvent.Recovering step
        && step.number() == step.of()
        && step.phase() == BackupEvent.Recovering.Phase.DONE;
  }

  private void addHistory() throws SQLException {
    execute(
        "INSERT INTO orders (item, quantity, amount, placed_at)"
            + " SELECT md5(n::text), 1 + n % 5, 1 + n % 997, now() - n * interval '1 minute'"
            + " FROM generate_series(1, "
            + HISTORY
            + ") n");
  }

  private String live() {
    return sandbox.settings().database().name();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = sandbox.postgres().connect(live());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Differs as soon as one value of one order does. */
  private String fingerprint(String database) throws SQLException {
    try (Connection connection = sandbox.postgres().connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), md5(string_agg(o::text, ',' ORDER BY id)) FROM orders o")) {
      row.next();
      return row.getLong(1) + " orders with the checksum " + row.getString(2).substring(0, 12);
    }
  }
}
