package dev.opskit.secrets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a service: read from a provider, cached for a time, masked in every log before
 * anybody sees them. Thread-safe; whoever builds it closes it, which wipes every value.
 *
 * <p>A cached value is read without waiting. One that has expired is loaded by one thread while
 * others wait for it; if the provider is unavailable, the last value is served until it is too old.
 * It does not refresh ahead of expiry yet.
 */
public final class OpsSecrets implements AutoCloseable {
  private final SecretProvider provider;
  private final SensitiveValues sensitive;
  private final TimeSource time;
  private final Duration maxStale;
  private final Retired retired;
  private final Listeners<SecretEvent> listeners = new Listeners<>("secrets");
  private final Cache<SecretRef, Held> cache;
  private final ConcurrentHashMap<SecretRef, Held> lastGood = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A value, when it was fetched, and whether a later fetch has failed since. */
  private record Held(SecretValue value, Subscription masking, long fetchedNanos, boolean stale) {}

  private OpsSecrets(Builder builder, SecretProvider provider) {
    this.provider = provider;
    this.sensitive = builder.sensitive;
    this.time = builder.time;
    this.maxStale = builder.maxStale;
    this.retired = new Retired(builder.grace, time);
    Duration retry = builder.retry.compareTo(builder.ttl) < 0 ? builder.retry : builder.ttl;
    this.cache =
        Caffeine.newBuilder()
            .ticker(time::nanoTime)
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<SecretRef, Held>writing((ref, held) -> held.stale() ? retry : builder.ttl))
            .build();
  }

  /**
   * A builder.
   *
   * @return without a provider
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The value of a secret.
   *
   * @param ref which one
   * @return a value that stays this object's to close: do not keep it, ask again
   * @throws SecretException if it cannot be had and there is no value that may still be served
   */
  public SecretValue get(SecretRef ref) {
    if (closed) {
      throw new SecretException.Closed(ref);
    }
    return cache.get(ref, this::load).value();
  }

  /**
   * A database user and password.
   *
   * @param ref a secret of the form {@code {"username":…,"password":…}}
   * @return credentials that the caller closes
   * @throws SecretException as {@link #get}, or {@link SecretException.Malformed}
   */
  public DatabaseCredentials databaseCredentials(SecretRef ref) {
    return DatabaseCredentials.parse(ref, get(ref));
  }

  /**
   * Watches what happens to the secrets.
   *
   * @param listener called on a thread of its own
   * @return closing it ends the watch
   */
  public Subscription onEvent(Consumer<? super SecretEvent> listener) {
    return listeners.add(listener);
  }

  private Held load(SecretRef ref) {
    retired.wipeDue();
    Held last = lastGood.get(ref);
    SecretValue fetched;
    try {
      fetched = Objects.requireNonNull(provider.fetch(ref), "provider");
    } catch (SecretException.Unavailable e) {
      return serveStale(ref, last, e);
    } catch (SecretException e) {
      listeners.publish(new SecretEvent.Failed(ref, e.getClass().getSimpleName()));
      throw e;
    } catch (RuntimeException notShown) {
      String kind = notShown.getClass().getSimpleName();
      return serveStale(
          ref, last, new SecretException.Unavailable(ref, "the provider threw " + kind));
    }
    return publish(ref, last, fetched);
  }

  private Held publish(SecretRef ref, @Nullable Held last, SecretValue fetched) {
    long now = time.nanoTime();
    if (last != null && last.value().version().equals(fetched.version())) {
      fetched.close();
      return keep(ref, new Held(last.value(), last.masking(), now, false));
    }
    Held next = new Held(fetched, SensitiveParts.register(fetched, sensitive), now, false);
    keep(ref, next);
    if (last != null) {
      retired.add(last.value(), last.masking());
    }
    listeners.publish(new SecretEvent.Loaded(ref, fetched.version()));
    return next;
  }

  private Held keep(SecretRef ref, Held held) {
    lastGood.put(ref, held);
    return held;
  }

  private Held serveStale(SecretRef ref, @Nullable Held last, SecretException.Unavailable e) {
    if (last != null) {
      Duration age = Duration.ofNanos(time.nanoTime() - last.fetchedNanos());
      if (age.compareTo(maxStale) <= 0) {
        listeners.publish(new SecretEvent.ServedStale(ref, age, String.valueOf(e.getMessage())));
        return new Held(last.value(), last.masking(), last.fetchedNanos(), true);
      }
    }
    listeners.publish(new SecretEvent.Failed(ref, String.valueOf(e.getMessage())));
    throw e;
  }

  /** Wipes every value. What is asked for afterwards is refused. Idempotent. */
  @Override
  public void close() {
    closed = true;
    cache.invalidateAll();
    lastGood.values().forEach(held -> retired.add(held.value(), held.masking()));
    lastGood.clear();
    retired.wipeAll();
    listeners.close();
  }

  /** Options of {@link OpsSecrets}. Confined to one thread. */
  public static final class Builder {
    private @Nullable SecretProvider provider;
    private Duration ttl = Duration.ofMinutes(5);
    private Duration retry = Duration.ofSeconds(5);
    private Duration maxStale = Duration.ofHours(24);
    private Duration grace = Duration.ofMinutes(5);
    private SensitiveValues sensitive = SensitiveValues.shared();
    private TimeSource time = TimeSource.system();

    private Builder() {}

    /**
     * Where secrets come from. Required; stays the caller's to close.
     *
     * @param provider the store
     * @return this
     */
    public Builder provider(SecretProvider provider) {
      this.provider = provider;
      return this;
    }

    /**
     * How long a value is used before the provider is asked again.
     *
     * @param ttl above 0; default 5 min
     * @return this
     */
    public Builder ttl(Duration ttl) {
      this.ttl = ttl;
      return this;
    }

    /**
     * How long after a failure the provider is left alone.
     *
     * @param retry above 0; default 5 s, at most the ttl
     * @return this
     */
    public Builder retry(Duration retry) {
      this.retry = retry;
      return this;
    }

    /**
     * How old a value may get while the provider is unavailable. A secret that is gone or denied is
     * never served from before.
     *
     * @param maxStale 0 or more; default 24 h
     * @return this
     */
    public Builder maxStale(Duration maxStale) {
      this.maxStale = maxStale;
      return this;
    }

    /**
     * How long a superseded value stays usable and masked before it is wiped, at the first load
     * after that.
     *
     * @param grace 0 or more; default 5 min
     * @return this
     */
    public Builder grace(Duration grace) {
      this.grace = grace;
      return this;
    }

    /**
     * Where values are registered for masking.
     *
     * @param sensitive default {@link SensitiveValues#shared()}
     * @return this
     */
    public Builder sensitive(SensitiveValues sensitive) {
      this.sensitive = Objects.requireNonNull(sensitive, "sensitive");
      return this;
    }

    /**
     * The clock.
     *
     * @param time default {@link TimeSource#system()}
     * @return this
     */
    public Builder time(TimeSource time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Checks the options; loads nothing.
     *
     * @return the secrets
     * @throws IllegalArgumentException if an option is missing or out of its range
     */
    public OpsSecrets build() {
      require("ttl", ttl, false);
      require("retry", retry, false);
      require("maxStale", maxStale, true);
      require("grace", grace, true);
      if (provider == null) {
        throw new IllegalArgumentException("provider is not set: where do the secrets come from?");
      }
      return new OpsSecrets(this, provider);
    }

    private static void require(String option, Duration value, boolean zeroAllowed) {
      if (value.isNegative() || value.isZero() && !zeroAllowed) {
        throw new IllegalArgumentException(
            option + " is " + value + ", must be " + (zeroAllowed ? "0 or more" : "above 0"));
      }
    }
  }
}
