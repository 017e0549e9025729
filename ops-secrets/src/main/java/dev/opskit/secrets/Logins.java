package dev.opskit.secrets;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one login at a time try one version, and none a version that was refused: accounts are
 * locked by failed logins, and a pool that refills makes many at once.
 */
final class Logins<T> {
  private static final Logger logger = LoggerFactory.getLogger(Logins.class);
  private static final long POLL_NANOS = 1_000_000_000;

  private final View<T> view;
  private final Engine engine;
  private final Semaphore turn = new Semaphore(1, true);
  private final Set<String> rejected = ConcurrentHashMap.newKeySet();

  /** The refused version in whose place the pending one was asked for; used in turn only. */
  private String pendingAskedFor = "";

  Logins(View<T> view, Engine engine) {
    this.view = view;
    this.engine = engine;
  }

  boolean isRejected(String version) {
    return rejected.contains(version);
  }

  <R, E extends Exception> R logIn(
      Login<T, R, E> login, Predicate<? super Exception> refused, Duration budget) throws E {
    long end = now() + Schedule.nanos(budget);
    if (!takeTurn(budget)) {
      throw unavailable("another login has not come to its end within " + budget);
    }
    try {
      return inTurn(login, refused, end, budget);
    } finally {
      turn.release();
    }
  }

  private <R, E extends Exception> R inTurn(
      Login<T, R, E> login, Predicate<? super Exception> refused, long end, Duration budget)
      throws E {
    Exception last = null;
    while (true) {
      Shown<T> next = notRejected(end);
      if (next == null) {
        if (last == null) {
          throw new SecretException.Rejected(
              view.ref(),
              "its version was refused before, and the store has had no other within " + budget);
        }
        throw Logins.<E>same(last);
      }
      try {
        R result = login.with(snapshot(next));
        tellIfBridged(next);
        return result;
      } catch (Exception e) {
        if (!refused.test(e)) {
          throw e;
        }
        reject(next.version());
        last = e;
      }
    }
  }

  /** Null if there is none within the time. */
  private @Nullable Shown<T> notRejected(long end) {
    while (true) {
      CompletableFuture<Void> nextVersion = view.nextVersion();
      Shown<T> shown = view.loaded();
      if (!isRejected(shown.version())) {
        view.bridge().set(null);
        return shown;
      }
      Shown<T> bridge = view.bridge().get();
      if (bridge != null && !isRejected(bridge.version())) {
        return bridge;
      }
      await(view.source().forcedFlight(), end);
      shown = view.loaded();
      if (!isRejected(shown.version())) {
        continue;
      }
      bridge = pendingOnce(shown.version(), end);
      if (bridge != null) {
        return bridge;
      }
      if (end - now() <= 0 || engine.isClosed()) {
        return null;
      }
      await(nextVersion, Math.min(end, now() + POLL_NANOS));
    }
  }

  private @Nullable Shown<T> pendingOnce(String current, long end) {
    boolean hasPending = view.ref().stage() == SecretStage.CURRENT;
    if (!hasPending || pendingAskedFor.equals(current)) {
      return null;
    }
    pendingAskedFor = current;
    CompletableFuture<Optional<Shown<T>>> asked = engine.pending(view);
    // Even without a budget: whatever the provider does, this ends with the call timeout.
    Optional<Shown<T>> pending = asked.join();
    if (pending.isPresent() && isRejected(pending.get().version())) {
      pending.get().wipe();
      return null;
    }
    pending.ifPresent(view.bridge()::set);
    return pending.orElse(null);
  }

  private void reject(String version) {
    if (rejected.add(version)) {
      logger.warn("version {} of secret '{}' was refused", version, view.ref().id());
      engine.events().publish(new SecretEvent.Rejected(view.ref(), version));
    }
  }

  private void tellIfBridged(Shown<T> used) {
    if (used == view.bridge().get()) {
      engine.events().publish(new SecretEvent.Bridged(view.ref(), used.version()));
    }
  }

  private SecretSnapshot<T> snapshot(Shown<T> shown) {
    return view.snapshot(shown);
  }

  private boolean takeTurn(Duration budget) {
    try {
      return turn.tryAcquire(Schedule.nanos(budget), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while it waited for another login");
    }
  }

  private void await(CompletableFuture<Void> event, long end) {
    try {
      event.get(Math.max(0, end - now()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // The caller looks at the time itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted while it waited for another version");
    } catch (ExecutionException never) {
      throw new IllegalStateException("it is completed without an exception", never);
    }
  }

  private SecretException unavailable(String why) {
    return new SecretException.Unavailable(view.ref(), why);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E same(Exception e) {
    return (E) e;
  }

  private long now() {
    return engine.time().nanoTime();
  }
}
