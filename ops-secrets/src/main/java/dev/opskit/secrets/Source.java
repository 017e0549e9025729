package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One secret as the store has it, for all the {@link View}s of it: asked by one flight at a time,
 * again in its time, and less often while it fails. Its lock is never held over a call.
 */
final class Source {
  /** What is asked for by force is believed for so long. */
  static final long FORCED_PAUSE_NANOS = 500_000_000;

  private static final Logger logger = LoggerFactory.getLogger(Source.class);

  final SecretRef ref;
  final SecretPolicy policy;
  private final Engine engine;
  private final List<View<?>> views = new CopyOnWriteArrayList<>();

  private volatile boolean describeDenied;
  private boolean watching;
  private @Nullable Subscription watch;
  private @Nullable Flight flight;
  private @Nullable Candidate last;
  private @Nullable SecretException failure;
  private @Nullable SecretMetadata metadata;
  private Freshness fresh = Freshness.confirmed(0);
  private long sequence;
  private int failures;
  private boolean asked;
  private boolean wanted;
  private boolean changed;
  private boolean closed;
  private long dueNanos;
  private long answeredNanos;

  Source(SecretRef ref, SecretPolicy policy, Engine engine) {
    this.ref = ref;
    this.policy = policy;
    this.engine = engine;
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

  /** From now on looked at without being asked for. */
  synchronized void want() {
    wanted = true;
  }

  /** For a reader that has nothing: null if it is not to be asked yet. */
  @Nullable Flight coldFlight() {
    Flight started;
    synchronized (this) {
      if (flight == null && asked && now() - dueNanos < 0 || closed) {
        return null;
      }
      if (flight != null && !flight.waiting) {
        return flight;
      }
      started = start();
    }
    engine.bucket().take();
    engine.submit(this, started);
    return started;
  }

  /** Joined by all who ask, and as soon as the token bucket allows. */
  CompletableFuture<Void> forcedFlight() {
    Flight forced;
    synchronized (this) {
      boolean justAnswered = failures == 0 && asked && now() - answeredNanos < FORCED_PAUSE_NANOS;
      if (closed || flight == null && justAnswered) {
        return CompletableFuture.completedFuture(null);
      }
      if (flight != null) {
        return flight.landed;
      }
      if (!engine.bucket().tryTake()) {
        flight = new Flight();
        return flight.landed;
      }
      forced = start();
    }
    engine.submit(this, forced);
    return forced.landed;
  }

  /** Whether it is time; what nobody has ever read is not looked at behind their backs. */
  synchronized boolean isDue(long now) {
    if (closed || flight != null) {
      return flight != null && flight.waiting;
    }
    return asked ? now - dueNanos >= 0 && (wanted || sequence > 0) : wanted;
  }

  synchronized boolean isFirst() {
    return !asked && flight == null && !closed;
  }

  /** Null if another one has been faster. */
  synchronized @Nullable Flight dueFlight() {
    return closed || flight != null && !flight.waiting ? null : start();
  }

  private Flight start() {
    Flight started = flight == null ? new Flight() : flight;
    started.waiting = false;
    flight = started;
    changed = false;
    return started;
  }

  /** The provider has told that it may have changed. */
  void changed() {
    synchronized (this) {
      changed = true;
      dueNanos = now();
    }
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
      if (flight != mine || closed) {
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
      confirmed(mine, known, told);
      return;
    }
    value.lend(engine.reveals());
    if (known != null && known.value() != value) {
      known.value().wipe();
    }
    engine.look(ref, value);
    confirmed(mine, candidate, told);
  }

  /** A provider may give one and the same for ever. */
  private static void discard(SecretValue value, @Nullable Candidate known) {
    if (known == null || known.value() != value) {
      value.close();
    }
  }

  private void confirmed(Flight mine, Candidate candidate, @Nullable SecretMetadata told) {
    synchronized (this) {
      if (flight != mine || closed) {
        return;
      }
      last = new Candidate(candidate.value(), candidate.sequence(), now());
      candidate = last;
      fresh = Freshness.confirmed(now());
      failure = null;
    }
    int good = 0;
    for (View<?> view : views) {
      good += view.offer(candidate) ? 1 : 0;
    }
    long after = engine.schedule().nanosAfterSuccess(policy, told);
    boolean recovered;
    synchronized (this) {
      if (flight != mine) {
        return;
      }
      metadata = told;
      recovered = failures > 0;
      failures = good < views.size() ? failures + 1 : 0;
      if (failures > 0) {
        after = Math.min(after, afterFailure(new SecretException.Malformed(ref, "")));
      }
      land(mine, changed ? 0 : after);
      recovered &= failures == 0;
    }
    if (recovered) {
      logger.info("secret '{}' is read again", ref.id());
    }
    mine.landed.complete(null);
    watchOnce();
  }

  void failed(Flight mine, SecretException why) {
    synchronized (this) {
      if (flight != mine) {
        return;
      }
      failure = why;
    }
    long now = now();
    for (View<?> view : views) {
      view.failed(why, now);
    }
    boolean first;
    synchronized (this) {
      if (flight != mine) {
        return;
      }
      first = failures++ == 0;
      fresh = fresh.after(why, now);
      land(mine, afterFailure(why));
    }
    if (first) {
      logger.warn("{}; it is tried again", why.getMessage());
    }
    mine.landed.complete(null);
  }

  private long afterFailure(SecretException why) {
    return engine.schedule().nanosAfterFailure(policy, failures, why);
  }

  private void land(Flight mine, long after) {
    flight = null;
    asked = true;
    answeredNanos = now();
    dueNanos = answeredNanos + after;
  }

  /** After the flight has landed: nobody waits for a provider that hangs in this. */
  private void watchOnce() {
    synchronized (this) {
      if (watching || closed) {
        return;
      }
      watching = true;
    }
    Subscription mine = () -> {};
    try {
      mine = engine.store().watch(ref, this::changed);
    } catch (SecretException e) {
      logger.warn("{}; it is not watched", e.getMessage());
    }
    boolean late;
    synchronized (this) {
      watch = mine;
      late = closed;
    }
    if (late) {
      mine.close();
    }
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

  List<View<?>> views() {
    return views;
  }

  void close() {
    Flight open;
    Candidate ended;
    Subscription told;
    synchronized (this) {
      closed = true;
      open = flight;
      flight = null;
      ended = last;
      last = null;
      told = watch;
    }
    views.forEach(View::end);
    if (ended != null) {
      ended.value().wipe();
    }
    if (told != null) {
      told.close();
    }
    if (open != null) {
      open.landed.complete(null);
    }
  }

  private long now() {
    return engine.time().nanoTime();
  }
}
