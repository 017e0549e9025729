package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupUnavailableException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Strategies that are wrong in one thing. */
final class BrokenStrategies {
  private BrokenStrategies() {}

  static final class HasAnIllFormedFormat extends FramedStrategy {
    @Override
    public String format() {
      return "Lines/1";
    }
  }

  static final class ChangesItsFormat extends FramedStrategy {
    private int asked;

    @Override
    public String format() {
      return "lines-" + asked++;
    }
  }

  static final class ForgetsTheLastLine extends FramedStrategy {
    @Override
    public void restore(BackupSource source, String target)
        throws IOException, InterruptedException {
      super.restore(source, target);
      targets.get(target).remove(targets.get(target).size() - 1);
    }
  }

  static final class LeavesTheStreamOpen extends FramedStrategy {
    @Override
    public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
      Map<String, String> facts = super.dump(sink);
      sink.stream("another").write(1);
      return facts;
    }
  }

  static final class InspectsTheBeginningOnly extends FramedStrategy {
    @Override
    public void inspect(BackupSource source) throws IOException {
      try (InputStream in = source.open(STREAM)) {
        if (in.read() != 'L') {
          throw new BackupCorruptException("no lines");
        }
      }
    }
  }

  static final class InspectsIntoTheNextTarget extends FramedStrategy {
    @Override
    public void inspect(BackupSource source) throws IOException, InterruptedException {
      super.inspect(source);
      targets.put("target-" + (targets.size() + 1), new ArrayList<>());
    }
  }

  static final class TakesAnythingForADump extends FramedStrategy {
    @Override
    void read(BackupSource source, List<String> into) throws IOException, InterruptedException {
      try {
        super.read(source, into);
      } catch (BackupCorruptException e) {
        if (!e.getMessage().equals("no lines")) {
          throw e;
        }
      }
    }
  }

  static final class LeavesHalfATarget extends FramedStrategy {
    @Override
    public void restore(BackupSource source, String target)
        throws IOException, InterruptedException {
      if (targets.containsKey(target)) {
        super.restore(source, target);
      }
      List<String> loaded = new ArrayList<>();
      targets.put(target, loaded);
      read(source, loaded);
    }
  }

  static final class ReplacesTheTarget extends FramedStrategy {
    @Override
    public void restore(BackupSource source, String target)
        throws IOException, InterruptedException {
      targets.remove(target);
      super.restore(source, target);
    }
  }

  static final class RefusesAfterReplacing extends FramedStrategy {
    @Override
    public void restore(BackupSource source, String target)
        throws IOException, InterruptedException {
      if (targets.containsKey(target)) {
        read(source, targets.get(target));
      }
      super.restore(source, target);
    }
  }

  static final class WrapsWhatWritingThrows extends FramedStrategy {
    @Override
    public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
      try {
        return super.dump(sink);
      } catch (BackupUnavailableException e) {
        throw new IOException(e);
      }
    }
  }

  static final class SwallowsWhatClosingThrows extends FramedStrategy {
    @Override
    public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
      var stream = sink.stream(STREAM);
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, 256));
      write(out);
      out.flush();
      try {
        stream.close();
      } catch (RuntimeException ignored) {
        // This is the fault.
      }
      return Map.of();
    }
  }

  static final class WrapsWhatReadingThrows extends FramedStrategy {
    @Override
    void read(BackupSource source, List<String> into) throws IOException, InterruptedException {
      try {
        super.read(source, into);
      } catch (BackupCorruptException e) {
        throw new IOException(e);
      }
    }
  }

  static final class IgnoresInterrupts extends FramedStrategy {
    @Override
    void stopIfInterrupted() {}
  }

  static final class LosesInterrupts extends FramedStrategy {
    @Override
    void stopIfInterrupted() {
      if (Thread.interrupted()) {
        throw new BackupUnavailableException("interrupted");
      }
    }
  }
}
