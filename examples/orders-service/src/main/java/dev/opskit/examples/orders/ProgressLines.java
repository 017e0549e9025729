package dev.opskit.examples.orders;

import dev.opskit.backup.BackupEvent;
import dev.opskit.backup.BackupEvent.Operation;
import dev.opskit.backup.BackupEvent.Recovering;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What backups, restores and recoveries are doing, as lines that a person can follow: how much, how
 * fast, how much longer, and which step of how many. A listener; confined to the thread that tells
 * the events.
 */
public final class ProgressLines implements Consumer<BackupEvent> {
  private static final double MEGABYTE = 1e6;

  private final Consumer<String> out;
  private final Duration pause;
  private Duration told = Duration.ZERO;
  private boolean isFirst;
  private boolean isAllRead;

  /**
   * Lines for somebody.
   *
   * @param out takes one line at a time
   * @param pause at most one line about bytes in this time
   */
  public ProgressLines(Consumer<String> out, Duration pause) {
    this.out = out;
    this.pause = pause;
  }

  @Override
  public void accept(BackupEvent event) {
    if (event instanceof BackupEvent.Started) {
      isFirst = true;
      isAllRead = false;
    } else if (event instanceof BackupEvent.Progress progress) {
      tell(progress);
    } else if (event instanceof Recovering step) {
      out.accept(
          "recovery: step %d of %d, %s%s"
              .formatted(
                  step.number(),
                  step.of(),
                  step.step(),
                  step.phase() == Recovering.Phase.DONE ? ", done" : ""));
    } else if (event instanceof BackupEvent.Completed completed) {
      done(Operation.BACKUP, completed.record().took());
    } else if (event instanceof BackupEvent.Verified verified) {
      done(Operation.VERIFY, verified.report().took());
    } else if (event instanceof BackupEvent.Restored restored) {
      done(Operation.RESTORE, restored.report().took());
    } else if (event instanceof BackupEvent.Drilled drilled) {
      done(Operation.DRILL, drilled.report().took());
    } else if (event instanceof BackupEvent.Failed failed) {
      out.accept(name(failed.operation()) + ": failed: " + failed.failure().getMessage());
    }
  }

  private void done(Operation operation, Duration took) {
    out.accept(String.format(Locale.ROOT, "%s: done in %.1f s", name(operation), seconds(took)));
  }

  private void tell(BackupEvent.Progress progress) {
    if (isAllRead) {
      return;
    }
    isAllRead =
        progress.totalPlainBytes().isPresent()
            && progress.plainBytes() >= progress.totalPlainBytes().getAsLong();
    if (isFirst || isAllRead || progress.elapsed().minus(told).compareTo(pause) >= 0) {
      isFirst = false;
      told = progress.elapsed();
      out.accept(line(progress));
    }
  }

  private String line(BackupEvent.Progress progress) {
    String of =
        progress.totalPlainBytes().isPresent()
            ? String.format(
                Locale.ROOT, " of %.1f", progress.totalPlainBytes().getAsLong() / MEGABYTE)
            : "";
    return String.format(
        Locale.ROOT,
        "%s: %.1f%s MB, %.1f MB/s, %.1f s%s",
        name(progress.operation()),
        progress.plainBytes() / MEGABYTE,
        of,
        progress.bytesPerSecond() / MEGABYTE,
        seconds(progress.elapsed()),
        isAllRead ? ", all is read" : left(progress));
  }

  private static String left(BackupEvent.Progress progress) {
    return progress
        .remaining()
        .map(left -> String.format(Locale.ROOT, ", %.1f s left", seconds(left)))
        .orElse("");
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static String name(Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }
}
