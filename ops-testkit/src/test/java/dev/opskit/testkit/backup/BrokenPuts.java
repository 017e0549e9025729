package dev.opskit.testkit.backup;

import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Stores that write or read wrongly. */
final class BrokenPuts {
  private BrokenPuts() {}

  static final class Overwrites extends PassingStore {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      delete(key);
      return super.putIfAbsent(key, blob);
    }
  }

  static final class OverwritesButSaysSo extends PassingStore {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      boolean stored = super.putIfAbsent(key, blob);
      if (!stored) {
        delete(key);
        super.putIfAbsent(key, blob);
      }
      return stored;
    }
  }

  static final class ComparesLengthsOnly extends PassingStore {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      return super.putIfAbsent(key, blob) || all().contains(new BlobInfo(key, blob.sizeBytes()));
    }
  }

  static final class NeverTrueTwice extends PassingStore {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      boolean free = open(key).isEmpty();
      return super.putIfAbsent(key, blob) && free;
    }
  }

  /** Looks first and writes afterwards; in a race everybody looks before anybody writes. */
  static final class LooksThenWrites extends PassingStore {
    private final CyclicBarrier everybodyHasLooked = new CyclicBarrier(8);

    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      if (open(key).isPresent()) {
        return super.putIfAbsent(key, blob);
      }
      if (key.value().startsWith("race/")) {
        try {
          everybodyHasLooked.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
      delete(key);
      super.putIfAbsent(key, blob);
      return true;
    }
  }

  static final class CutsOffAfterAMebibyte extends PassingStore {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      byte[] bytes = new byte[(int) Math.min(blob.sizeBytes(), 1 << 20)];
      blob.bytes().get(bytes);
      return super.putIfAbsent(key, Blob.of(bytes));
    }
  }

  static final class PadsToAMultipleOfSixteen extends PassingStore {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      byte[] bytes = new byte[(int) blob.sizeBytes()];
      blob.bytes().get(bytes);
      return super.putIfAbsent(key, Blob.of(Arrays.copyOf(bytes, (bytes.length + 15) / 16 * 16)));
    }
  }

  static final class HasNoEmptyBlobs extends PassingStore {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      return blob.sizeBytes() == 0 ? open(key).isEmpty() : super.putIfAbsent(key, blob);
    }
  }

  static final class FindsWhatIsAbsent extends PassingStore {
    @Override
    public Optional<InputStream> open(BlobKey key) {
      return super.open(key).or(() -> Optional.of(new ByteArrayInputStream(new byte[0])));
    }
  }

  static final class CannotDeleteTwice extends PassingStore {
    @Override
    public void delete(BlobKey key) {
      if (open(key).isEmpty()) {
        throw new IllegalStateException("no " + key);
      }
      super.delete(key);
    }
  }

  static final class DeletesByPrefix extends PassingStore {
    @Override
    public void delete(BlobKey key) {
      all().stream()
          .map(BlobInfo::key)
          .filter(k -> k.value().startsWith(key.value()))
          .forEach(super::delete);
    }
  }

  static final class NeverFreesAName extends PassingStore {
    @Override
    public void delete(BlobKey key) {
      if (open(key).isPresent()) {
        super.delete(key);
        super.putIfAbsent(key, Blob.of(new byte[0]));
      }
    }
  }
}
