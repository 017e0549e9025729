package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that list wrongly. */
final class BrokenListings {
  private BrokenListings() {}

  static final class IgnoresCase extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      List<BlobInfo> page = new ArrayList<>(super.list(prefix, startAfter));
      page.sort(Comparator.comparing(info -> info.key().value(), String.CASE_INSENSITIVE_ORDER));
      return page;
    }
  }

  static final class ListsBackwards extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      List<BlobInfo> page = new ArrayList<>(super.list(prefix, startAfter));
      Collections.reverse(page);
      return page;
    }
  }

  static final class KnowsNoSizes extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      return super.list(prefix, startAfter).stream().map(i -> new BlobInfo(i.key(), 0)).toList();
    }
  }

  static final class TakesAPrefixForAFolder extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
      return super.list(folder, startAfter);
    }
  }

  static final class IgnoresThePrefix extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      return super.list("", startAfter);
    }
  }

  static final class BeginsWithTheNameItIsGiven extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      return all().stream()
          .filter(info -> info.key().value().startsWith(prefix))
          .filter(info -> info.key().value().compareTo(startAfter) >= 0)
          .limit(PAGE)
          .toList();
    }
  }

  /** Forgets that a name to begin behind need not be there. */
  static final class BeginsBehindWhatIsThereOnly extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      boolean there = all().stream().anyMatch(i -> i.key().value().equals(startAfter));
      return super.list(prefix, there ? startAfter : "");
    }
  }

  static final class HasNoSecondPage extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      return super.list(prefix, "").stream()
          .filter(info -> info.key().value().compareTo(startAfter) > 0)
          .toList();
    }
  }

  static final class HasNoPages extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      return all().stream()
          .filter(info -> info.key().value().startsWith(prefix))
          .filter(info -> info.key().value().compareTo(startAfter) > 0)
          .toList();
    }
  }

  static final class CannotListNothing extends PassingStore {
    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      if (all().isEmpty()) {
        throw new IllegalStateException("there is no folder yet");
      }
      return super.list(prefix, startAfter);
    }
  }

  /** Another object remembers its first answers. */
  static final class Remembers extends PassingStore {
    private final BackupStore store;
    private final Map<String, List<BlobInfo>> answers = new ConcurrentHashMap<>();

    Remembers(BackupStore store) {
      this.store = store;
    }

    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      return store.putIfAbsent(key, blob);
    }

    @Override
    public Optional<InputStream> open(BlobKey key) {
      return store.open(key);
    }

    @Override
    public List<BlobInfo> list(String prefix, String startAfter) {
      return answers.computeIfAbsent(prefix, p -> store.list(p, startAfter));
    }
  }
}
