package dev.opskit.secrets;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One secret as the store has it, for all the {@link View}s of it. Asked by one flight at a time;
 * its lock is never held over a call.
 */
final class Source {
  private static final Logger logger = LoggerFactory.getLogger(Source.class);

  final SecretRef ref;
  final SecretPolicy policy;
  private final Engine engine;
  private final Turns turns = new Turns();
  private final List<View<?>> views = new CopyOnWriteArrayList<>();
  private final Watch watch;
  private volatile boolean describeDenied;

  private @Nullable Candidate last;
  private @Nullable SecretException failure;
  private @Nullable SecretMetadata metadata;
  private Freshness fresh = Freshness.confirmed(0);
  private long sequence;

  Source(SecretRef ref, SecretPolicy policy, Engine engine) {
    this.ref = ref;
    this.policy = policy;
    this.engine = engine;
    this.watch = new Watch(ref, engine.store(), this::changed);
  }

  Turns turns() {
    return turns;
  }

  void add(View<?> view) {
    views.add(view);
  }

  /** A view that was added when something was known already learns it at once. */
  void offerTo(View<?> view) {
    Candidate known;
    SecretException why;
    synchronized (this) {
      known = last;
      why = last == null ? failure : null;
    }
    if (why != null) {
      view.failed(why, now());
    }
    while (known != null) {
      try {
        view.offer(known);
        return;
      } catch (SecretException.Closed replacedMeanwhile) {
        Candidate newer = last();
        known = newer == known ? null : newer;
      }
    }
  }

  /** Whether it has none left. */
  boolean remove(View<?> view) {
    views.remove(view);
    return views.isEmpty();
  }

  /** For a reader that has nothing: null if the store is to be left alone. */
  @Nullable Flight coldFlight() {
    Flight cold = turns.cold(now());
    if (cold != null && cold.takesOff()) {
      engine.bucket().take();
      engine.submit(this, cold);
    }
    return cold;
  }

  /** Joined by all who ask, and as soon as the token bucket allows. */
  CompletableFuture<Void> forcedFlight() {
    Flight forced = turns.forced(now());
    if (forced == null) {
      return CompletableFuture.completedFuture(null);
    }
    if (forced.isWaiting() && engine.bucket().tryTake() && forced.takesOff()) {
      engine.submit(this, forced);
    }
    return forced.landed;
  }

  private void changed() {
    turns.changed(now());
    engine.kick();
  }

  /** On a loader's thread. */
  void fly(Flight mine) {
    try {
      Optional<SecretMetadata> told = describe();
      Candidate known = last();
      if (known != null
          && told.isPresent()
          && told.get().version().equals(known.value().version())) {
        confirmed(mine, known, told.get());
      } else {
        fetched(mine, engine.store().fetch(ref), told.orElse(null));
      }
    } catch (SecretException e) {
      failed(mine, e);
    } catch (Throwable notShown) {
      // Whatever it is, those who wait for this flight must not wait for ever.
      String kind = notShown.getClass().getSimpleName();
      failed(mine, new SecretException.Unavailable(ref, "taking it over threw " + kind));
    }
  }

  /** Empty for the first look, which needs the value anyway. */
  private Optional<SecretMetadata> describe() {
    if (describeDenied || last() == null) {
      return Optional.empty();
    }
    try {
      return engine.store().describe(ref);
    } catch (SecretException.AccessDenied e) {
      describeDenied = true;
      logger.info("secret '{}' may not be described, so it is fetched each time", ref.id());
      return Optional.empty();
    }
  }

  void fetched(Flight mine, SecretValue value, @Nullable SecretMetadata told) {
    Candidate known;
    Candidate candidate;
    synchronized (this) {
      known = last;
      if (!turns.isUnderWay(mine)) {
        discard(value, known);
        return;
      }
      if (known != null && known.value().isSameAs(value)) {
        candidate = known;
      } else {
        candidate = new Candidate(value, ++sequence, now());
        last = candidate;
        fresh = Freshness.confirmed(now());
      }
    }
    if (candidate == known) {
      discard(value, known);
    } else {
      value.lend(engine.reveals());
      if (known != null && known.value() != value) {
        known.value().wipe();
      }
      engine.look(ref, value);
    }
    confirmed(mine, candidate, told);
  }

  /** A provider may give one and the same for ever. */
  private static void discard(SecretValue value, @Nullable Candidate known) {
    if (known == null || known.value() != value) {
      value.close();
    }
  }

  private void confirmed(Flight mine, Candidate candidate, @Nullable SecretMetadata told) {
    Candidate confirmed = new Candidate(candidate.value(), candidate.sequence(), now());
    synchronized (this) {
      if (!turns.isUnderWay(mine)) {
        return;
      }
      last = confirmed;
      fresh = Freshness.confirmed(confirmed.confirmedNanos());
      failure = null;
      metadata = told;
    }
    boolean ofUse = true;
    for (View<?> view : views) {
      ofUse &= view.offer(confirmed);
    }
    int failures = turns.failures();
    long after = engine.schedule().nanosAfterSuccess(policy, told);
    if (!ofUse) {
      after = Math.min(after, afterFailure(new SecretException.Malformed(ref, "")));
    }
    if (turns.land(mine, now(), ofUse, after)) {
      if (ofUse && failures > 0) {
        logger.info("secret '{}' is read again", ref.id());
      } else if (!ofUse && failures == 0) {
        logger.warn("a version of secret '{}' is of no use; the last good one is kept", ref.id());
      }
      mine.landed.complete(null);
    }
    // After the landing: nobody waits for a provider that hangs in this.
    watch.open();
  }

  void failed(Flight mine, SecretException why) {
    long now = now();
    synchronized (this) {
      if (!turns.isUnderWay(mine)) {
        return;
      }
      failure = why;
      fresh = fresh.after(why, now);
    }
    for (View<?> view : views) {
      view.failed(why, now);
    }
    boolean first = turns.failures() == 0;
    if (turns.land(mine, now, false, afterFailure(why))) {
      if (first) {
        logger.warn("{}; it is tried again", why.getMessage());
      }
      mine.landed.complete(null);
    }
  }

  private long afterFailure(SecretException why) {
    return engine.schedule().nanosAfterFailure(policy, turns.failures() + 1, why);
  }

  /** Ends what has become too old. */
  void expire(long now) {
    for (View<?> view : views) {
      view.expire(now);
    }
    SecretValue ended = null;
    synchronized (this) {
      if (last != null && fresh.state(policy, now) == SecretState.EXPIRED) {
        ended = last.value();
        last = null;
      }
    }
    if (ended != null) {
      ended.wipe();
    }
  }

  synchronized @Nullable Candidate last() {
    return last;
  }

  synchronized @Nullable SecretMetadata metadata() {
    return metadata;
  }

  void close() {
    Flight open = turns.close();
    Candidate ended;
    synchronized (this) {
      ended = last;
      last = null;
    }
    views.forEach(View::end);
    if (ended != null) {
      ended.value().wipe();
    }
    watch.close();
    if (open != null) {
      open.landed.complete(null);
    }
  }

  private long now() {
    return engine.time().nanoTime();
  }
}
