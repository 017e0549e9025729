package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Dumps as it was done before roles were in a backup. */
record WithoutGlobals(BackupStrategy strategy) implements BackupStrategy {
  @Override
  public String format() {
    return strategy.format();
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    return strategy.dump(
        stream -> stream.equals("globals") ? OutputStream.nullOutputStream() : sink.stream(stream));
  }

  @Override
  public void inspect(BackupSource source) throws IOException, InterruptedException {
    strategy.inspect(source);
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException, InterruptedException {
    strategy.restore(source, target);
  }
}
