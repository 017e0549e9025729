package dev.opskit.verification.integration.backup;

import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.Scratch;
import dev.opskit.backup.ScratchStrategy;
import dev.opskit.backup.postgres.PostgresBackup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/** Has something done to every database that it has restored, before it is compared. */
record TamperedStrategy(PostgresBackup strategy, Consumer<String> tampering, Queue<String> found)
    implements BackupStrategy, ScratchStrategy {
  @Override
  public String format() {
    return strategy.format();
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    return strategy.dump(sink);
  }

  @Override
  public void inspect(BackupSource source) throws IOException, InterruptedException {
    strategy.inspect(source);
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException, InterruptedException {
    strategy.restore(source, target);
  }

  @Override
  public Scratch scratch() throws IOException, InterruptedException {
    Scratch scratch = strategy.scratch();
    return new Scratch() {
      @Override
      public String target() {
        return scratch.target();
      }

      @Override
      public List<String> differences(BackupSource source)
          throws IOException, InterruptedException {
        tampering.accept(scratch.target());
        List<String> differences = scratch.differences(source);
        found.addAll(differences);
        return differences;
      }

      @Override
      public void close() {
        scratch.close();
      }
    };
  }
}
