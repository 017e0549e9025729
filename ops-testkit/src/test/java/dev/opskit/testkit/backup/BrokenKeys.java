package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupKeyException;
import dev.opskit.backup.WrappedKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Key providers that are wrong in one thing. */
final class BrokenKeys {
  private BrokenKeys() {}

  static final class WrapsInTheOpen extends XorKeys {
    WrapsInTheOpen(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    public WrappedKey wrap(byte[] dataKey) {
      return new WrappedKey(current(), Base64.getEncoder().encodeToString(dataKey));
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped) {
      return ids.contains(wrapped.keyId())
          ? Optional.of(Base64.getDecoder().decode(wrapped.ciphertext()))
          : Optional.empty();
    }
  }

  static final class WrapsAlwaysTheSame extends XorKeys {
    WrapsAlwaysTheSame(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    int seed() {
      return 7;
    }
  }

  static final class NoticesNoChange extends XorKeys {
    NoticesNoChange(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    int sum(byte[] dataKey) {
      return 0;
    }
  }

  static final class WipesWhatItIsGiven extends XorKeys {
    WipesWhatItIsGiven(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    public WrappedKey wrap(byte[] dataKey) {
      WrappedKey wrapped = super.wrap(dataKey);
      Arrays.fill(dataKey, (byte) 0);
      return wrapped;
    }
  }

  static final class GivesTheSameArrayTwice extends XorKeys {
    private final Map<WrappedKey, Optional<byte[]>> cache = new HashMap<>();

    GivesTheSameArrayTwice(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped) {
      return cache.computeIfAbsent(wrapped, super::unwrap);
    }
  }

  static final class RefusesTheKeysOfOthers extends XorKeys {
    RefusesTheKeysOfOthers(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped) {
      return Optional.of(super.unwrap(wrapped).orElseThrow(() -> refusal(wrapped)));
    }
  }

  static final class NamesNoKey extends XorKeys {
    NamesNoKey(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    BackupKeyException refusal(WrappedKey wrapped) {
      return new BackupKeyException("wrong key");
    }
  }

  static final class ForgetsTheOldKey extends XorKeys {
    ForgetsTheOldKey(List<String> ids, long secret) {
      super(ids.subList(ids.size() - 1, ids.size()), secret);
    }
  }

  static final class TakesAWrongKeyForAnothers extends XorKeys {
    TakesAWrongKeyForAnothers(List<String> ids, long secret) {
      super(ids, secret);
    }

    @Override
    public Optional<byte[]> unwrap(WrappedKey wrapped) {
      try {
        return super.unwrap(wrapped);
      } catch (BackupKeyException e) {
        return Optional.empty();
      }
    }
  }
}
