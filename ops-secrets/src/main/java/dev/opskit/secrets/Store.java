package dev.opskit.secrets;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The provider behind what makes anything that it may do to a {@link SecretException}. */
final class Store {
  private final SecretProvider provider;
  private final TimeSource time;
  private final Listeners<SecretEvent> events;

  Store(SecretProvider provider, TimeSource time, Listeners<SecretEvent> events) {
    this.provider = provider;
    this.time = time;
    this.events = events;
  }

  SecretValue fetch(SecretRef ref) {
    return told(ref, "fetch", () -> usable(ref, provider.fetch(ref)));
  }

  Optional<SecretMetadata> describe(SecretRef ref) {
    return told(ref, "describe", () -> described(ref, provider.describe(ref)));
  }

  /** Without the secrets that it leaves out. */
  Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
    SecretRef any = refs.iterator().next();
    return guarded(any, () -> present(any, provider.fetchAll(refs)));
  }

  Subscription watch(SecretRef ref, Runnable changed) {
    return guarded(ref, () -> present(ref, provider.watch(ref, changed)));
  }

  SecretValue usable(SecretRef ref, @Nullable SecretValue value) {
    if (present(ref, value).isClosed()) {
      throw new SecretException.Unavailable(ref, "the provider returned a value that is closed");
    }
    return value;
  }

  private Optional<SecretMetadata> described(
      SecretRef ref, @Nullable Optional<SecretMetadata> metadata) {
    return present(ref, metadata);
  }

  private static <R> R present(SecretRef ref, @Nullable R answer) {
    if (answer == null) {
      throw new SecretException.Unavailable(ref, "the provider returned null");
    }
    return answer;
  }

  private <R> R told(SecretRef ref, String call, Supplier<R> work) {
    long start = time.nanoTime();
    String outcome = "ok";
    try {
      return guarded(ref, work);
    } catch (SecretException e) {
      outcome = e.getClass().getSimpleName();
      throw e;
    } finally {
      Duration took = Duration.ofNanos(time.nanoTime() - start);
      events.publish(new SecretEvent.Asked(ref, call, outcome, took));
    }
  }

  private static <R> R guarded(SecretRef ref, Supplier<R> work) {
    try {
      return work.get();
    } catch (SecretException e) {
      throw e;
    } catch (Throwable notShown) {
      // Throwable, since Kotlin and Scala throw checked ones unannounced, and since an Error in a
      // provider must not be the end of the secret.
      String kind = notShown.getClass().getSimpleName();
      throw new SecretException.Unavailable(ref, "the provider threw " + kind);
    }
  }
}
