package dev.opskit.verification.benchmarks.secrets;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretMetadata;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store, as opskit calls it.
 *
 * @param store what is behind it
 * @param nextRotation what it tells of a secret's next rotation
 */
record StoreProvider(Store store, Supplier<Optional<Instant>> nextRotation)
    implements SecretProvider {

  static StoreProvider of(Store store) {
    return new StoreProvider(store, Optional::empty);
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    Store.Version version =
        told(
            ref,
            () ->
                ref.stage() == SecretStage.PENDING
                    ? store.getPending(ref.id())
                    : store.get(ref.id()));
    return SecretValue.take(ref, version.id(), version.text().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<SecretMetadata> describe(SecretRef ref) {
    Store.Version version = told(ref, () -> store.describe(ref.id()));
    return Optional.of(new SecretMetadata(version.id(), nextRotation.get(), Optional.empty()));
  }

  private static Store.Version told(SecretRef ref, Supplier<Store.Version> call) {
    try {
      return call.get();
    } catch (Store.Failure e) {
      throw switch (e.fault) {
        case UNAVAILABLE -> new SecretException.Unavailable(ref, "HTTP 500");
        case THROTTLED -> new SecretException.Throttled(ref, "too many calls");
        case ABSENT -> new SecretException.NotFound(ref, "there is none");
      };
    }
  }
}
