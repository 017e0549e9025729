package dev.opskit.secrets;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a service: read from a provider, cached for a time, masked in every log before
 * anybody sees them. Thread-safe; whoever builds it closes it, which wipes every value.
 *
 * <p>A cached value is read without waiting. One that has expired is loaded by the first thread
 * that asks while others wait for it; if the provider is unavailable, the last value is served
 * until it is too old. It does not refresh ahead of expiry yet.
 */
public final class OpsSecrets implements AutoCloseable {
  private final Listeners<SecretEvent> listeners = new Listeners<>("secrets");
  private final SecretCache cache;

  private OpsSecrets(Builder builder, SecretProvider provider) {
    Duration retry = builder.retry.compareTo(builder.ttl) < 0 ? builder.retry : builder.ttl;
    this.cache =
        new SecretCache(
            provider,
            builder.sensitive,
            builder.time,
            new SecretCache.Times(builder.ttl, retry, builder.maxStale, builder.grace),
            listeners);
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
   * @throws SecretException if it cannot be had and there is no value that may still be served;
   *     {@link SecretException.Unavailable} also if the thread is interrupted while another one
   *     loads, the flag stays set
   */
  public SecretValue get(SecretRef ref) {
    return cache.get(ref);
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

  /** Wipes every value. What is asked for afterwards is refused. Idempotent. */
  @Override
  public void close() {
    cache.close();
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
     * How long after a failure the provider is left alone; until then its last answer counts.
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
