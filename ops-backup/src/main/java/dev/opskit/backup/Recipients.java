package dev.opskit.backup;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wraps a data key for everybody who shall be able to read, and finds one who can unwrap it. */
record Recipients(List<KeyProvider> providers) {
  static final Recipients NONE = new Recipients(List.of());

  Recipients {
    providers = List.copyOf(providers);
  }

  boolean isEmpty() {
    return providers.isEmpty();
  }

  /** The key's owner closes the packaging's key. */
  Packaging packaging(Compression compression, int workers, SecureRandom random) {
    if (isEmpty()) {
      return new Packaging(compression, workers, null, List.of());
    }
    DataKey key = DataKey.random(random);
    List<WrappedKey> keys = new ArrayList<>();
    for (KeyProvider provider : providers) {
      byte[] plain = key.getEncoded();
      try {
        keys.add(Objects.requireNonNull(provider.wrap(plain), "the key provider wrapped nothing"));
      } catch (RuntimeException e) {
        key.close();
        throw asBackupException("wrapping the data key failed", e);
      } finally {
        Arrays.fill(plain, (byte) 0);
      }
    }
    return new Packaging(compression, workers, key, keys);
  }

  DataKey unwrap(String id, List<WrappedKey> keys) {
    List<String> ids = keys.stream().map(WrappedKey::keyId).toList();
    if (isEmpty()) {
      throw new BackupKeyException(
          "backup %s is encrypted for the keys %s and this service has none, set its option encryption"
              .formatted(id, ids));
    }
    BackupException failure = null;
    for (KeyProvider provider : providers) {
      for (WrappedKey wrapped : keys) {
        try {
          Optional<byte[]> key = provider.unwrap(wrapped);
          if (key.isPresent()) {
            return dataKey(wrapped, key.get());
          }
        } catch (RuntimeException e) {
          failure = worse(failure, asBackupException("unwrapping key " + wrapped.keyId(), e));
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    throw new BackupKeyException(
        "backup %s is encrypted for the keys %s, of which this service has none; is a key lost?"
            .formatted(id, ids));
  }

  private static DataKey dataKey(WrappedKey wrapped, byte[] key) {
    if (key.length != DataKey.BYTES) {
      Arrays.fill(key, (byte) 0);
      throw new BackupKeyException(
          "key %s gave a data key of %d bytes instead of %d"
              .formatted(wrapped.keyId(), key.length, DataKey.BYTES));
    }
    return DataKey.of(key);
  }

  /** What may work later tells more than what cannot. */
  private static BackupException worse(@Nullable BackupException one, BackupException other) {
    if (one == null) {
      return other;
    }
    boolean otherIsWorse =
        other instanceof BackupUnavailableException && !(one instanceof BackupUnavailableException);
    BackupException worse = otherIsWorse ? other : one;
    worse.addSuppressed(otherIsWorse ? one : other);
    return worse;
  }

  private static BackupException asBackupException(String what, RuntimeException e) {
    return e instanceof BackupException known
        ? known
        : new BackupUnavailableException(what + " failed: " + e, e);
  }
}
