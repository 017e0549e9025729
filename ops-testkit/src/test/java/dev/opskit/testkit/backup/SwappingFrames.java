package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupProblem;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.GlobalsStrategy;
import dev.opskit.backup.InPlaceStrategy;
import dev.opskit.backup.PreflightStrategy;
import dev.opskit.backup.RestorePoint;
import dev.opskit.backup.Scratch;
import dev.opskit.backup.SwappingStrategy;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link FramedStrategy} that can do everything; its source is the target {@value #LIVE}. */
class SwappingFrames extends FramedStrategy
    implements SwappingStrategy, InPlaceStrategy, PreflightStrategy, GlobalsStrategy {
  static final String LIVE = "live";

  final List<RestorePoint> points = new ArrayList<>();
  int names;

  SwappingFrames() {
    targets.put(LIVE, new ArrayList<>(lines));
  }

  @Override
  void write(DataOutputStream out) throws IOException, InterruptedException {
    lines.clear();
    lines.addAll(targets.get(LIVE));
    super.write(out);
  }

  @Override
  public String live() {
    return LIVE;
  }

  @Override
  public Scratch scratch() {
    return new Frames("scratch-" + ++names);
  }

  class Frames implements Scratch {
    private final String target;

    Frames(String target) {
      this.target = target;
    }

    @Override
    public String target() {
      return target;
    }

    @Override
    public List<String> differences(BackupSource source) throws IOException, InterruptedException {
      List<String> wanted = new ArrayList<>();
      read(source, wanted);
      return wanted.equals(targets.get(target)) ? List.of() : List.of("lines");
    }

    @Override
    public void close() {
      targets.remove(target);
    }
  }

  @Override
  public Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException {
    if (!targets.containsKey(target)) {
      throw new IOException("there is no " + target);
    }
    List<String> replaced = targets.remove(LIVE);
    targets.put(LIVE, targets.remove(target));
    points.removeIf(point -> point.target().equals(target));
    if (replaced == null) {
      return Optional.empty();
    }
    RestorePoint old = new RestorePoint("old-" + ++names, Instant.EPOCH.plusSeconds(names));
    targets.put(old.target(), replaced);
    points.add(0, old);
    return Optional.of(old);
  }

  @Override
  public List<RestorePoint> restorePoints() {
    return List.copyOf(points);
  }

  @Override
  public void drop(RestorePoint point) {
    targets.remove(point.target());
    points.removeIf(known -> known.target().equals(point.target()));
  }

  @Override
  public void restoreInPlace(BackupSource source) throws IOException, InterruptedException {
    List<String> loaded = new ArrayList<>();
    read(source, loaded);
    targets.put(LIVE, loaded);
  }

  @Override
  public List<BackupProblem> problems(Purpose purpose, Map<String, String> facts) {
    return List.of();
  }

  @Override
  public List<String> createGlobals(BackupSource source) throws IOException, InterruptedException {
    return List.of();
  }

  /** Swaps that are wrong in one thing. */
  static final class NeverDiffers extends SwappingFrames {
    @Override
    public Scratch scratch() {
      return new Frames("scratch-" + ++names) {
        @Override
        public List<String> differences(BackupSource source) {
          return List.of();
        }
      };
    }
  }

  static final class AlwaysDiffers extends SwappingFrames {
    @Override
    public Scratch scratch() {
      return new Frames("scratch-" + ++names) {
        @Override
        public List<String> differences(BackupSource source) {
          return List.of("it is not the same");
        }
      };
    }
  }

  static final class KeepsTheScratch extends SwappingFrames {
    @Override
    public Scratch scratch() {
      return new Frames("scratch-" + ++names) {
        @Override
        public void close() {}
      };
    }
  }

  static final class CopiesInsteadOfSwapping extends SwappingFrames {
    @Override
    public Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException {
      List<String> live = new ArrayList<>(targets.get(LIVE));
      Optional<RestorePoint> old = super.swapIn(target);
      targets.put(LIVE, live);
      return old;
    }
  }

  static final class DropsWhatWasLive extends SwappingFrames {
    @Override
    public Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException {
      Optional<RestorePoint> old = super.swapIn(target);
      old.ifPresent(point -> targets.remove(point.target()));
      return old;
    }
  }

  static final class ForgetsThePoint extends SwappingFrames {
    @Override
    public List<RestorePoint> restorePoints() {
      return List.of(new RestorePoint("another", Instant.EPOCH));
    }
  }

  static final class ListsTheOldestFirst extends SwappingFrames {
    @Override
    public Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException {
      Optional<RestorePoint> old = super.swapIn(target);
      points.add(points.remove(0));
      points.add(0, new RestorePoint("older", Instant.EPOCH));
      return old;
    }
  }

  static final class DropsAllPoints extends SwappingFrames {
    @Override
    public void drop(RestorePoint point) {
      points.forEach(known -> targets.remove(known.target()));
      points.clear();
    }
  }

  static final class SwapsNothingIn extends SwappingFrames {
    @Override
    public Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException {
      targets.putIfAbsent(target, new ArrayList<>());
      return super.swapIn(target);
    }
  }

  static final class EmptiesBeforeItReads extends SwappingFrames {
    @Override
    public void restoreInPlace(BackupSource source) throws IOException, InterruptedException {
      targets.put(LIVE, new ArrayList<>());
      super.restoreInPlace(source);
    }
  }

  static final class AddsInPlace extends SwappingFrames {
    @Override
    public void restoreInPlace(BackupSource source) throws IOException, InterruptedException {
      List<String> live = targets.get(LIVE);
      super.restoreInPlace(source);
      targets.get(LIVE).addAll(live);
    }
  }

  static final class SeesProblemsEverywhere extends SwappingFrames {
    @Override
    public List<BackupProblem> problems(Purpose purpose, Map<String, String> facts) {
      return List.of(new BackupProblem("it may rain", "take an umbrella"));
    }
  }

  static final class ChangesWhileItLooks extends SwappingFrames {
    @Override
    public List<BackupProblem> problems(Purpose purpose, Map<String, String> facts) {
      targets.get(LIVE).add("looked at");
      return List.of();
    }
  }

  static final class CreatesWhatIsThere extends SwappingFrames {
    @Override
    public List<String> createGlobals(BackupSource source) {
      return List.of("role clerk");
    }
  }

  static final class ChangesWhatNeedsGlobals extends SwappingFrames {
    @Override
    public List<String> createGlobals(BackupSource source)
        throws IOException, InterruptedException {
      restoreInPlace(source);
      return List.of();
    }
  }
}
