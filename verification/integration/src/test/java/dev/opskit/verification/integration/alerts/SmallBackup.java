package dev.opskit.verification.integration.alerts;

import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Dumps one byte while its disk works. */
record SmallBackup(BooleanSupplier works) implements BackupStrategy {
  @Override
  public String format() {
    return "small";
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    if (!works.getAsBoolean()) {
      throw new IOException("the disk broke");
    }
    try (OutputStream out = sink.stream("all")) {
      out.write(1);
    }
    return Map.of();
  }

  @Override
  public void inspect(BackupSource source) {}

  @Override
  public void restore(BackupSource source, String target) {}
}
