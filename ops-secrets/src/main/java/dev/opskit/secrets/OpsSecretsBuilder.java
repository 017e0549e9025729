package dev.opskit.secrets;

import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Options of {@link OpsSecrets}. Confined to one thread. */
public final class OpsSecretsBuilder {
  private static final int MOST_THREADS = 64;

  private @Nullable SecretProvider provider;
  private Duration ttl = SecretPolicy.defaults().ttl();
  private Duration retry = SecretPolicy.defaults().retry();
  private Duration maxStale = SecretPolicy.defaults().maxStale();
  private Duration maxStaleDenied = SecretPolicy.defaults().maxStaleDenied();
  private Duration grace = SecretPolicy.defaults().grace();
  private Duration rotateWithin = SecretPolicy.defaults().rotateWithin();
  private final Map<SecretRef, SecretPolicy> policies = new HashMap<>();
  Duration callTimeout = Duration.ofSeconds(10);
  int threads = 4;
  private int perSecond = 10;
  private int burst = 20;
  int maxCached = 1000;
  private boolean leakCheck = true;
  @Nullable Executor executor;
  private SensitiveValues sensitive = SensitiveValues.shared();
  TimeSource time = TimeSource.system();
  DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
  boolean driven = true;

  OpsSecretsBuilder() {}

  /**
   * Where secrets come from. Required; stays the caller's to close.
   *
   * @param provider the store
   * @return this
   */
  public OpsSecretsBuilder provider(SecretProvider provider) {
    this.provider = provider;
    return this;
  }

  /**
   * How long a confirmed value counts as fresh; the store is asked again before that.
   *
   * @param ttl above 0; default 5 min
   * @return this
   */
  public OpsSecretsBuilder ttl(Duration ttl) {
    this.ttl = ttl;
    return this;
  }

  /**
   * How long the store is left alone after a first failure; see {@link SecretPolicy}.
   *
   * @param retry above 0; default 5 s, at most the ttl
   * @return this
   */
  public OpsSecretsBuilder retry(Duration retry) {
    this.retry = retry;
    return this;
  }

  /**
   * How old a value may get while the store cannot be read, or a new version is of no use.
   *
   * @param maxStale 0 or more; default 24 h
   * @return this
   */
  public OpsSecretsBuilder maxStale(Duration maxStale) {
    this.maxStale = maxStale;
    return this;
  }

  /**
   * For how long a value is served after the store first said that it is deleted or denied.
   *
   * @param maxStaleDenied 0 or more; default 15 min
   * @return this
   */
  public OpsSecretsBuilder maxStaleDenied(Duration maxStaleDenied) {
    this.maxStaleDenied = maxStaleDenied;
    return this;
  }

  /**
   * How long a value that is no longer served stays usable and masked before it is wiped.
   *
   * @param grace 0 or more; default 5 min
   * @return this
   */
  public OpsSecretsBuilder grace(Duration grace) {
    this.grace = grace;
    return this;
  }

  /**
   * How long after its last rotation a secret is overdue, which the health check says.
   *
   * @param rotateWithin above 0, for example 90 days; by default no secret is, unless its store has
   *     announced a rotation that did not come
   * @return this
   */
  public OpsSecretsBuilder rotateWithin(Duration rotateWithin) {
    this.rotateWithin = rotateWithin;
    return this;
  }

  /**
   * Another policy for one secret.
   *
   * @param ref which one; its field does not matter
   * @param policy in place of the six options above
   * @return this
   */
  public OpsSecretsBuilder policy(SecretRef ref, SecretPolicy policy) {
    policies.put(ref.whole(), Objects.requireNonNull(policy, "policy"));
    return this;
  }

  /**
   * How long a call of the provider may take before it is interrupted and left behind.
   *
   * @param callTimeout above 0; default 10 s. Reading several secrets at once may take twice that
   * @return this
   */
  public OpsSecretsBuilder callTimeout(Duration callTimeout) {
    this.callTimeout = callTimeout;
    return this;
  }

  /**
   * How many calls of the provider run at once. As many again may be left behind by a provider that
   * hangs and does not heed an interrupt.
   *
   * @param threads 1 to 64; default 4
   * @return this
   */
  public OpsSecretsBuilder threads(int threads) {
    this.threads = threads;
    return this;
  }

  /**
   * What runs the calls of the provider.
   *
   * @param executor stays the caller's to close; the default is daemon threads that live while they
   *     are needed
   * @return this
   */
  public OpsSecretsBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * How often the store is asked at most, but for first loads, which somebody waits for.
   *
   * @param perSecond 1 or more; default 10
   * @param burst how many may follow each other at once; 1 or more, default 20
   * @return this
   */
  public OpsSecretsBuilder rate(int perSecond, int burst) {
    this.perSecond = perSecond;
    this.burst = burst;
    return this;
  }

  /**
   * How many secrets {@link OpsSecrets#get} keeps. Those beyond that are forgotten, least used
   * first; what {@link OpsSecrets#rotating} gave is never forgotten and does not count.
   *
   * @param maxCached 1 or more; default 1000
   * @return this
   */
  public OpsSecretsBuilder maxCached(int maxCached) {
    this.maxCached = maxCached;
    return this;
  }

  /**
   * Whether each new version is looked for in the environment, the system properties and the
   * arguments of this process.
   *
   * @param leakCheck default true
   * @return this
   */
  public OpsSecretsBuilder leakCheck(boolean leakCheck) {
    this.leakCheck = leakCheck;
    return this;
  }

  /**
   * Where values are registered for masking.
   *
   * @param sensitive default {@link SensitiveValues#shared()}
   * @return this
   */
  public OpsSecretsBuilder sensitive(SensitiveValues sensitive) {
    this.sensitive = Objects.requireNonNull(sensitive, "sensitive");
    return this;
  }

  /**
   * The clock.
   *
   * @param time default {@link TimeSource#system()}
   * @return this
   */
  public OpsSecretsBuilder time(TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Checks the options; loads nothing. Starts one daemon thread, which ends when it is closed.
   *
   * @return the secrets
   * @throws IllegalArgumentException if an option is missing or out of its range
   */
  public OpsSecrets build() {
    SecretPolicy policy =
        new SecretPolicy(ttl, retry, maxStale, maxStaleDenied, grace, rotateWithin);
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException("callTimeout is " + callTimeout + ", must be above 0");
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException("threads is " + threads + ", must be 1 to 64");
    }
    requirePositive("rate per second", perSecond);
    requirePositive("rate burst", burst);
    requirePositive("maxCached", maxCached);
    if (provider == null) {
      throw new IllegalArgumentException("provider is not set: where do the secrets come from?");
    }
    return new OpsSecrets(
        this,
        new EngineOptions(
            provider,
            policy,
            Map.copyOf(policies),
            sensitive,
            time,
            random,
            perSecond,
            burst,
            leakCheck));
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + ", must be 1 or more");
    }
  }
}
