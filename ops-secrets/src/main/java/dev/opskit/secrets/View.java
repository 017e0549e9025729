package dev.opskit.secrets;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One secret, or one field of it, as a type: what its readers see, and how that changes. Reading is
 * one volatile read; every change replaces what is shown as a whole.
 */
final class View<T> {
  private final SecretRef ref;
  private final TypedReading<T> reading;
  private final Source source;
  private final Engine engine;
  private final Listeners<SecretRotation> rotations = new Listeners<>("secret-rotation");
  private volatile Shown<T> shown = Shown.nothing();
  private volatile CompletableFuture<Void> nextVersion = new CompletableFuture<>();
  private final Bridge<T> bridge;
  private volatile boolean closed;
  private volatile boolean forgotten;
  private boolean dropped;

  View(SecretRef ref, SecretType<T> type, Source source, Engine engine) {
    this.ref = ref;
    this.bridge = new Bridge<>(engine.superseded(), source.policy.grace());
    this.reading = new TypedReading<>(ref, type);
    this.source = source;
    this.engine = engine;
  }

  T get() {
    T value = shown.value();
    return value == null ? cold().value() : value;
  }

  /** With a value. */
  Shown<T> loaded() {
    Shown<T> now = shown;
    return now.value() == null ? cold() : now;
  }

  Shown<T> shown() {
    return shown;
  }

  /** Without waiting. */
  Shown<T> present() {
    Shown<T> now = shown;
    if (now.value() == null) {
      throw now.failure() == null ? new SecretException.Closed(ref) : now.failure().again(ref);
    }
    return now;
  }

  SecretSnapshot<T> snapshot(Shown<T> of) {
    T value = of.value();
    if (value == null) {
      throw new SecretException.Closed(ref);
    }
    Duration age = of.fresh().age(engine.time().nanoTime());
    return new SecretSnapshot<>(value, of.version(), age, of.state());
  }

  SecretRef ref() {
    return ref;
  }

  Source source() {
    return source;
  }

  Listeners<SecretRotation> rotations() {
    return rotations;
  }

  /** Completed when another version is shown than when it was asked for. */
  CompletableFuture<Void> nextVersion() {
    return nextVersion;
  }

  /** The pending version, used in place of a current one that is refused. */
  Bridge<T> bridge() {
    return bridge;
  }

  /** Takes a version that is not published; the value is wiped, whatever comes of it. */
  Shown<T> readAside(SecretValue value) {
    Subscription masking =
        SensitiveParts.register(value.lend(engine.reveals()), engine.sensitive());
    try {
      Freshness now = Freshness.confirmed(engine.time().nanoTime());
      return new Shown<>(
          reading.of(value), value.version(), 0, masking, now, SecretState.FRESH, null, true);
    } catch (SecretException e) {
      masking.close();
      throw e;
    } finally {
      value.wipe();
    }
  }

  private Shown<T> cold() {
    if (closed) {
      throw new SecretException.Closed(ref);
    }
    Shown<T> now = shown;
    // What was loaded once is looked at behind the scenes, and nobody waits for that.
    Flight flight = now.loaded() ? null : source.coldFlight();
    if (flight != null) {
      await(flight);
    }
    now = shown;
    if (now.value() != null) {
      return now;
    }
    if (closed || now.failure() == null) {
      throw new SecretException.Closed(ref);
    }
    throw now.failure().again(ref);
  }

  private void await(Flight flight) {
    try {
      flight.landed.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException.Unavailable(ref, "interrupted while it was loaded");
    } catch (ExecutionException never) {
      throw new IllegalStateException("flights land without an exception", never);
    }
  }

  /**
   * Takes a version over if it is good for this type.
   *
   * @return whether it is
   * @throws SecretException.Closed if the candidate has been replaced
   */
  boolean offer(Candidate candidate) {
    Freshness fresh = Freshness.confirmed(candidate.confirmedNanos());
    synchronized (this) {
      if (shown.value() != null && shown.sequence() == candidate.sequence()) {
        shown = shown.confirmed(fresh);
        return true;
      }
    }
    Subscription masking = SensitiveParts.register(candidate.value(), engine.sensitive());
    T value;
    try {
      value = reading.of(candidate.value());
    } catch (SecretException.Closed replaced) {
      masking.close();
      throw replaced;
    } catch (SecretException e) {
      masking.close();
      failed(e, candidate.confirmedNanos());
      return false;
    }
    publish(
        new Shown<>(
            value,
            candidate.value().version(),
            candidate.sequence(),
            masking,
            fresh,
            SecretState.FRESH,
            null,
            true));
    return true;
  }

  private void publish(Shown<T> next) {
    Shown<T> before;
    synchronized (this) {
      before = shown;
      if (closed || before.sequence() > next.sequence()) {
        next.wipe();
        return;
      }
      shown = next;
    }
    CompletableFuture<Void> waiting = nextVersion;
    nextVersion = new CompletableFuture<>();
    waiting.complete(null);
    engine.events().publish(new SecretEvent.Loaded(ref, next.version()));
    if (before.value() != null) {
      engine.superseded().add(before::wipe, source.policy.grace());
      rotations.publish(new SecretRotation(ref, before.version(), next.version()));
    }
    dropIfForgotten();
  }

  /** The last value is served on, as long as that is allowed. */
  void failed(SecretException why, long now) {
    Shown<T> after;
    synchronized (this) {
      Freshness fresh = shown.fresh().after(why, now);
      if (shown.value() == null) {
        SecretException told = shown.loaded() ? fresh.expired(ref, source.policy, why) : why;
        after = shown.in(SecretState.EXPIRED, fresh, told);
      } else {
        after = shown.in(SecretState.STALE, fresh, why);
      }
      shown = after;
    }
    String text = String.valueOf(why.again(ref).getMessage());
    engine
        .events()
        .publish(
            after.value() == null
                ? new SecretEvent.Failed(ref, text)
                : new SecretEvent.ServedStale(ref, after.fresh().age(now), text));
    expire(now);
    dropIfForgotten();
  }

  void expire(long now) {
    Shown<T> before;
    SecretException why;
    synchronized (this) {
      before = shown;
      if (before.value() == null) {
        return;
      }
      SecretState state = before.fresh().state(source.policy, now);
      if (state != SecretState.EXPIRED) {
        shown =
            state == before.state() ? before : before.in(state, before.fresh(), before.failure());
        return;
      }
      why = before.fresh().expired(ref, source.policy, before.failure());
      shown = before.withoutValue(why);
    }
    engine.superseded().add(before::wipe, source.policy.grace());
    engine.events().publish(new SecretEvent.Expired(ref, String.valueOf(why.getMessage())));
  }

  /** Wipes at once. */
  void end() {
    Shown<T> before;
    synchronized (this) {
      closed = true;
      before = shown;
      shown = before.withoutValue(new SecretException.Closed(ref));
    }
    before.wipe();
    bridge.close();
    rotations.close();
  }

  /**
   * Wipes after the grace, since whoever found it before may still read it.
   *
   * @return false if it has not been loaded yet, and is to be forgotten after that
   */
  boolean forget() {
    Shown<T> last;
    synchronized (this) {
      forgotten = true;
      last = shown;
      if (last.value() == null && last.failure() == null) {
        return false;
      }
      if (dropped) {
        return true;
      }
      dropped = true;
    }
    engine.superseded().add(last::wipe, source.policy.grace());
    return true;
  }

  private void dropIfForgotten() {
    if (forgotten && !closed) {
      engine.drop(this);
    }
  }
}
