package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.backup.BackupEvent;
import dev.opskit.backup.BackupEvent.Operation;
import dev.opskit.backup.BackupEvent.Recovering;
import dev.opskit.backup.RestoreReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final List<String> lines = new ArrayList<>();
  private final ProgressLines progress = new ProgressLines(lines::add, Duration.ofSeconds(1));

  @Test
  void bytesRateAndTimeLeftAreTold() {
    started(Operation.DRILL);
    bytes(Operation.DRILL, 10_000_000, OptionalLong.of(40_000_000), 2_000);
    assertEquals(List.of("drill: 10.0 of 40.0 MB, 5.0 MB/s, 2.0 s, 6.0 s left"), lines);
  }

  @Test
  void nothingIsInventedWhereNobodyKnows() {
    started(Operation.BACKUP);
    bytes(Operation.BACKUP, 10_000_000, OptionalLong.empty(), 2_000);
    started(Operation.VERIFY);
    bytes(Operation.VERIFY, 10_000_000, OptionalLong.of(40_000_000), 0);
    assertEquals(
        List.of("backup: 10.0 MB, 5.0 MB/s, 2.0 s", "verify: 10.0 of 40.0 MB, 0.0 MB/s, 0.0 s"),
        lines);
  }

  @Test
  void thatAllIsReadIsToldOnceAndAtOnceAndThenTheEnd() {
    started(Operation.RESTORE);
    bytes(Operation.RESTORE, 399_999, OptionalLong.of(40_000_000), 100);
    bytes(Operation.RESTORE, 40_000_000, OptionalLong.of(40_000_000), 1_000);
    bytes(Operation.RESTORE, 41_000_000, OptionalLong.of(40_000_000), 9_000);
    progress.accept(
        new BackupEvent.Restored(
            "orders", new RestoreReport("id", "live", 20_000_000, Duration.ofMillis(9_500))));
    assertEquals(
        List.of(
            "restore: 0.4 of 40.0 MB, 4.0 MB/s, 0.1 s",
            "restore: 40.0 of 40.0 MB, 40.0 MB/s, 1.0 s, all is read",
            "restore: done in 9.5 s"),
        lines);
  }

  @Test
  void theFirstIsToldAndThenOneInEachPause() {
    started(Operation.VERIFY);
    for (int millis = 100; millis <= 2_500; millis += 100) {
      bytes(Operation.VERIFY, millis, OptionalLong.of(5_000), millis);
    }
    started(Operation.RESTORE);
    bytes(Operation.RESTORE, 1, OptionalLong.of(5_000), 1);
    assertEquals(
        List.of("verify: 0.1 s", "verify: 1.1 s", "verify: 2.1 s", "restore: 0.0 s"),
        lines.stream().map(line -> line.replaceAll(": .*MB/s, (\\S+ s).*", ": $1")).toList());
  }

  @Test
  void stepsAndFailuresAreTold() {
    progress.accept(new Recovering("orders", "r", "restore", 3, 4, Recovering.Phase.BEGUN));
    progress.accept(new Recovering("orders", "r", "restore", 3, 4, Recovering.Phase.DONE));
    progress.accept(
        new BackupEvent.Failed("orders", "id", Operation.DRILL, new IllegalStateException("why")));
    assertEquals(
        List.of(
            "recovery: step 3 of 4, restore",
            "recovery: step 3 of 4, restore, done",
            "drill: failed: why"),
        lines);
  }

  private void started(Operation operation) {
    progress.accept(new BackupEvent.Started("orders", "id", operation));
  }

  private void bytes(Operation operation, long plain, OptionalLong total, long millis) {
    progress.accept(
        new BackupEvent.Progress(
            "orders", "id", operation, plain, plain / 2, total, Duration.ofMillis(millis)));
  }
}
