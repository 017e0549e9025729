package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Eight small streams, so that a run has many steps. */
final class Lines implements BackupStrategy {
  private static final int STREAMS = 8;

  private final Set<String> targets = new HashSet<>();
  boolean fails;

  @Override
  public String format() {
    return "lines";
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException {
    for (int i = 0; i < STREAMS; i++) {
      try (OutputStream out = sink.stream("s" + i)) {
        out.write(content(i));
      }
    }
    if (fails) {
      throw new IOException("killed");
    }
    return Map.of();
  }

  @Override
  public void inspect(BackupSource source) throws IOException {
    for (int i = 0; i < STREAMS; i++) {
      try (InputStream in = source.open("s" + i)) {
        if (!Arrays.equals(content(i), in.readAllBytes())) {
          throw new AssertionError("stream " + i + " is not what was dumped");
        }
      }
    }
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException {
    inspect(source);
    targets.add(target);
  }

  boolean isRestored(String target) {
    return targets.contains(target);
  }

  private static byte[] content(int stream) {
    return Bytes.random(stream, 100 + stream);
  }
}
