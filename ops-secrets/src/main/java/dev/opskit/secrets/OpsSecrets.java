package dev.opskit.secrets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.health.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a service: read from a provider, looked at again before they are stale, masked in
 * every log before anybody sees them. Thread-safe; whoever builds it closes it, which wipes every
 * value.
 *
 * <p>Only a first load is waited for. After that readers have the last good value at once, while
 * the store is asked behind the scenes; an outage, a rotation or a provider that hangs does not
 * delay them. How long a value is served that the store does not confirm, its {@link SecretPolicy}
 * says.
 */
public final class OpsSecrets implements AutoCloseable {
  private final Listeners<SecretEvent> events = new Listeners<>("secrets");
  private final ConcurrentHashMap<Key, RotatingSecret<?>> rotating = new ConcurrentHashMap<>();
  private final Cache<SecretRef, View<SecretValue>> named;
  private final Engine engine;
  private final Driver driver;
  private final @Nullable ExecutorService ownThreads;
  private volatile boolean closed;

  private record Key(SecretRef ref, SecretType<?> type) {}

  OpsSecrets(OpsSecretsBuilder builder, EngineOptions options) {
    this.ownThreads = builder.executor == null ? OwnThreads.asMayBeNeeded() : null;
    Executor executor = ownThreads == null ? builder.executor : ownThreads;
    Loaders loaders = new Loaders(executor, builder.threads, builder.callTimeout, options.time());
    this.engine = new Engine(options, loaders, events);
    this.named =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(builder.maxCached)
            .<SecretRef, View<SecretValue>>evictionListener((ref, view, cause) -> forget(view))
            .build();
    this.driver = new Driver(engine::tick);
    if (builder.driven) {
      engine.onKick(driver::kick);
      driver.start();
    }
  }

  /**
   * A builder.
   *
   * @return without a provider
   */
  public static OpsSecretsBuilder builder() {
    return new OpsSecretsBuilder();
  }

  /**
   * The value of a secret, or of one field of it. For what is read often or rotated, {@link
   * #rotating} is faster and tells more.
   *
   * @param ref which one
   * @return a value that stays this object's to wipe: do not keep it, ask again
   * @throws SecretException if there is none that may be served; while the first one is loaded it
   *     waits for that. {@link SecretException.Unavailable} also if the thread is interrupted
   *     meanwhile, the flag stays set
   */
  public SecretValue get(SecretRef ref) {
    if (closed) {
      throw new SecretException.Closed(ref);
    }
    View<SecretValue> view = named.getIfPresent(ref);
    return (view == null ? named(ref) : view).get();
  }

  private View<SecretValue> named(SecretRef ref) {
    return named.get(ref, absent -> engine.view(absent, SecretType.value(), false));
  }

  private void forget(@Nullable View<SecretValue> view) {
    if (view != null) {
      engine.drop(view);
    }
  }

  /**
   * A handle of a secret that is read as a type. Loads nothing yet: the first value is loaded
   * behind the scenes, together with others where the provider can do that.
   *
   * @param <T> the type
   * @param ref which secret; with a field, that is what is read
   * @param type what it is read as
   * @return the same handle for the same secret and type; ends with this object
   * @throws SecretException.Closed if this was closed
   */
  public <T> RotatingSecret<T> rotating(SecretRef ref, SecretType<T> type) {
    if (closed) {
      throw new SecretException.Closed(ref);
    }
    Key key = new Key(ref, type);
    RotatingSecret<?> known = rotating.get(key);
    if (known == null) {
      RotatingSecret<?> mine = new RotatingSecret<>(engine.view(ref, type, true), engine);
      RotatingSecret<?> other = rotating.putIfAbsent(key, mine);
      if (other != null) {
        engine.drop(mine.view());
      }
      known = other == null ? mine : other;
    }
    // Of the same type, as the type is part of the key.
    @SuppressWarnings("unchecked")
    RotatingSecret<T> handle = (RotatingSecret<T>) known;
    return handle;
  }

  /**
   * A database user and password.
   *
   * @param ref a secret that can be read as {@link DatabaseCredentials}
   * @return credentials that the caller closes
   * @throws SecretException as {@link #get}, or {@link SecretException.Malformed}
   */
  public DatabaseCredentials databaseCredentials(SecretRef ref) {
    try (SecretValue own = get(ref).ownCopy()) {
      return DatabaseCredentials.parse(ref, own);
    }
  }

  /**
   * Waits for the first value of every handle that {@link #rotating} has given. Call it before the
   * service takes work.
   *
   * @param timeout how long; 0 or more
   * @throws SecretsNotReadyException if one of them has none by then, or the thread is interrupted,
   *     whose flag stays set; says why, for each
   */
  public void awaitReady(Duration timeout) {
    new Readiness(List.copyOf(rotating.values()), engine).await(timeout);
  }

  /**
   * Whether the secrets are as they should be: down if one that {@link #rotating} gave is not to be
   * had, degraded if one is stale, refused, leaked, or has not been rotated when its store said.
   *
   * @return a check that asks no store and shared by all replicas
   */
  public HealthCheck healthCheck() {
    return new SecretsHealthCheck(rotating::values, engine);
  }

  /**
   * Watches what happens to the secrets.
   *
   * @param listener called on a thread of its own; one that throws or hangs delays nothing
   * @return closing it ends the watch
   */
  public Subscription onEvent(Consumer<? super SecretEvent> listener) {
    return events.add(listener);
  }

  /** For tests, which have no thread that does it. */
  void tick() {
    engine.tick();
  }

  /**
   * Wipes every value, without waiting for calls that are under way. What is asked for afterwards
   * is refused. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    driver.stop();
    engine.close();
    if (ownThreads != null) {
      ownThreads.shutdownNow();
    }
    events.close();
  }
}
