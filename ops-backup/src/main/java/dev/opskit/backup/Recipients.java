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
      try {
        keys.add(wrap(provider, key));
      } catch (RuntimeException e) {
        key.close();
        throw e;
      }
    }
    return new Packaging(compression, workers, key, keys);
  }

  /** Lets each provider wrap a key that encrypts nothing, and unwrap it again. */
  List<BackupProblem> problems(SecureRandom random) {
    List<BackupProblem> problems = new ArrayList<>();
    for (int i = 0; i < providers.size(); i++) {
      try {
        tryOut(providers.get(i), random);
      } catch (BackupException e) {
        problems.add(
            new BackupProblem(
                "recipient %d of %d of the option encryption cannot be used"
                    .formatted(i + 1, providers.size()),
                "give it its key and the right to wrap and unwrap, or see what it says: "
                    + e.getMessage()));
      }
    }
    return problems;
  }

  private static void tryOut(KeyProvider provider, SecureRandom random) {
    try (DataKey key = DataKey.random(random)) {
      WrappedKey wrapped = wrap(provider, key);
      try (DataKey unwrapped =
          unwrapped(provider, wrapped)
              .orElseThrow(
                  () ->
                      new BackupKeyException(
                          "it does not know key %s, with which it has just wrapped"
                              .formatted(wrapped.keyId())))) {
        if (!unwrapped.isSameAs(key)) {
          throw new BackupKeyException(
              "key %s gave another data key than it was given".formatted(wrapped.keyId()));
        }
      }
    }
  }

  private static WrappedKey wrap(KeyProvider provider, DataKey key) {
    byte[] plain = key.getEncoded();
    try {
      return Objects.requireNonNull(provider.wrap(plain), "the key provider wrapped nothing");
    } catch (RuntimeException e) {
      throw asBackupException("wrapping the data key", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static Optional<DataKey> unwrapped(KeyProvider provider, WrappedKey wrapped) {
    try {
      return provider.unwrap(wrapped).map(key -> dataKey(wrapped, key));
    } catch (RuntimeException e) {
      throw asBackupException("unwrapping key " + wrapped.keyId(), e);
    }
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
          Optional<DataKey> key = unwrapped(provider, wrapped);
          if (key.isPresent()) {
            return key.get();
          }
        } catch (BackupException e) {
          failure = worse(failure, e);
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
