package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dumps lines of text, and loads them into lists by the target's name. */
class FramedStrategy implements BackupStrategy {
  static final String STREAM = "lines";
  private static final int MAGIC = 0x4c494e45;

  final Map<String, List<String>> targets = new LinkedHashMap<>();
  final List<String> lines = new ArrayList<>();

  FramedStrategy() {
    for (int i = 0; i < 2000; i++) {
      lines.add("line " + i);
    }
  }

  @Override
  public String format() {
    return "lines";
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    OutputStream stream = sink.stream(STREAM);
    write(new DataOutputStream(stream));
    stream.close();
    return Map.of("lines", Integer.toString(lines.size()));
  }

  void write(DataOutputStream out) throws IOException, InterruptedException {
    out.writeInt(MAGIC);
    out.writeInt(lines.size());
    for (String line : lines) {
      out.writeUTF(line);
      stopIfInterrupted();
    }
  }

  @Override
  public void inspect(BackupSource source) throws IOException, InterruptedException {
    read(source, new ArrayList<>());
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException, InterruptedException {
    if (targets.containsKey(target)) {
      throw new BackupRefusedException(target + " exists");
    }
    List<String> loaded = new ArrayList<>();
    read(source, loaded);
    targets.put(target, loaded);
  }

  void read(BackupSource source, List<String> into) throws IOException, InterruptedException {
    try (DataInputStream in = new DataInputStream(source.open(STREAM))) {
      if (in.readInt() != MAGIC) {
        throw new BackupCorruptException("no lines");
      }
      for (int left = in.readInt(); left > 0; left--) {
        into.add(in.readUTF());
        stopIfInterrupted();
      }
      if (in.read() >= 0) {
        throw new BackupCorruptException("more than lines");
      }
    } catch (EOFException e) {
      throw new BackupCorruptException("the end is missing", e);
    }
  }

  void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
