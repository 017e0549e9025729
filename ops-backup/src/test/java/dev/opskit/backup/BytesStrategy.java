package dev.opskit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dumps byte arrays, one a stream, and loads them into maps by the target's name. */
final class BytesStrategy implements BackupStrategy {
  final Map<String, byte[]> streams = new LinkedHashMap<>();
  final Map<String, Map<String, byte[]>> targets = new LinkedHashMap<>();
  @Nullable Exception afterTheDump;
  @Nullable Runnable duringTheDump;
  boolean leavesStreamsOpen;
  boolean doesNotUnderstand;
  String format = "bytes";
  final Map<String, String> facts = new LinkedHashMap<>();
  int restores;

  BytesStrategy with(String stream, byte[] bytes) {
    streams.put(stream, bytes);
    return this;
  }

  @Override
  public String format() {
    return format;
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    for (Map.Entry<String, byte[]> stream : streams.entrySet()) {
      OutputStream out = sink.stream(stream.getKey());
      out.write(stream.getValue());
      if (!leavesStreamsOpen) {
        out.close();
      }
    }
    if (duringTheDump != null) {
      duringTheDump.run();
    }
    if (afterTheDump instanceof IOException e) {
      throw e;
    } else if (afterTheDump instanceof InterruptedException e) {
      throw e;
    } else if (afterTheDump instanceof RuntimeException e) {
      throw e;
    }
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.put("streams", "" + streams.size());
    return all;
  }

  @Override
  public void inspect(BackupSource source) throws IOException {
    if (doesNotUnderstand) {
      throw new BackupCorruptException("the tool does not understand it");
    }
    // A tool that is content with the beginning of the first stream, as pg_restore --list is.
    try (InputStream in = source.open(source.streams().get(0))) {
      in.read();
    }
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException {
    restores++;
    Map<String, byte[]> loaded = new LinkedHashMap<>();
    for (String name : source.streams()) {
      try (InputStream in = source.open(name)) {
        loaded.put(name, in.readAllBytes());
      }
    }
    targets.put(target, loaded);
  }
}
