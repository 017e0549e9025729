package dev.opskit.backup;

import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link BytesStrategy} with live data of its own. */
final class SwappingBytes
    implements BackupStrategy, PreflightStrategy, GlobalsStrategy, SwappingStrategy {
  final BytesStrategy bytes = new BytesStrategy();
  final List<RestorePoint> points = new ArrayList<>();
  final List<String> differences = new ArrayList<>();
  final List<BackupProblem> problems = new ArrayList<>();
  final List<String> missing = new ArrayList<>();
  boolean swapFails;
  private final TimeSource time;
  private int names;

  SwappingBytes(TimeSource time) {
    this.time = time;
  }

  @Override
  public String format() {
    return bytes.format();
  }

  @Override
  public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
    return bytes.dump(sink);
  }

  @Override
  public void inspect(BackupSource source) throws IOException {
    bytes.inspect(source);
  }

  @Override
  public void restore(BackupSource source, String target) throws IOException {
    bytes.restore(source, target);
  }

  @Override
  public List<BackupProblem> problems(Purpose purpose, Map<String, String> facts) {
    return problems;
  }

  @Override
  public List<String> createGlobals(BackupSource source) throws IOException {
    bytes.inspect(source);
    List<String> created = List.copyOf(missing);
    missing.clear();
    return created;
  }

  @Override
  public String live() {
    return "live";
  }

  @Override
  public Scratch scratch() {
    String target = "scratch" + names++;
    return new Scratch() {
      @Override
      public String target() {
        return target;
      }

      @Override
      public List<String> differences(BackupSource source) {
        return differences;
      }

      @Override
      public void close() {
        bytes.targets.remove(target);
      }
    };
  }

  @Override
  public Optional<RestorePoint> swapIn(String target) throws IOException {
    if (swapFails) {
      throw new IOException("somebody holds on to it");
    }
    Map<String, byte[]> old = bytes.targets.remove("live");
    bytes.targets.put("live", bytes.targets.remove(target));
    points.removeIf(point -> point.target().equals(target));
    if (old == null) {
      return Optional.empty();
    }
    RestorePoint point = new RestorePoint("old" + names++, time.now());
    bytes.targets.put(point.target(), old);
    points.add(point);
    return Optional.of(point);
  }

  @Override
  public List<RestorePoint> restorePoints() {
    return points.stream().sorted(Comparator.comparing(RestorePoint::since).reversed()).toList();
  }

  @Override
  public void drop(RestorePoint point) {
    points.remove(point);
    bytes.targets.remove(point.target());
  }
}
