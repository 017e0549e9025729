package dev.opskit.secrets;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps every {@link Source} looked at in its time. */
final class Engine {
  /** As many as AWS Secrets Manager gives in one call. */
  static final int BATCH = 20;

  private final EngineOptions options;
  private final Store store;
  private final Schedule schedule;
  private final TokenBucket bucket;
  private final Loaders loaders;
  private final Superseded superseded;
  private final Listeners<SecretEvent> events;
  private final LeakDetector leaks;
  private final RevealWatch reveals;
  private final ConcurrentHashMap<SecretRef, Source> sources = new ConcurrentHashMap<>();
  private volatile Runnable kick = () -> {};
  private volatile boolean closed;
  private volatile boolean batchRefused;

  Engine(EngineOptions options, Loaders loaders, Listeners<SecretEvent> events) {
    this.options = options;
    this.loaders = loaders;
    this.events = events;
    this.store = new Store(options.provider(), options.time(), events);
    this.schedule = new Schedule(options.time(), options.random());
    this.bucket = new TokenBucket(options.time(), options.perSecond(), options.burst());
    this.superseded = new Superseded(options.time());
    this.leaks = new LeakDetector(events);
    this.reveals = new RevealEvents(events);
  }

  <T> View<T> view(SecretRef ref, SecretType<T> type, boolean wanted) {
    SecretRef whole = ref.whole();
    List<View<T>> made = new ArrayList<>();
    Source source =
        sources.compute(
            whole,
            (same, known) -> {
              Source its = known == null ? new Source(whole, options.policyOf(whole), this) : known;
              View<T> view = new View<>(ref, type, its, this);
              its.add(view);
              made.add(view);
              return its;
            });
    source.offerTo(made.get(0));
    if (wanted) {
      source.turns().want();
      kick();
    }
    if (closed) {
      source.close();
    }
    return made.get(0);
  }

  /** What nobody can find any more; its source ends with its last view. */
  void drop(View<?> view) {
    if (!view.forget()) {
      // Somebody still waits for its first value.
      return;
    }
    List<Source> ended = new ArrayList<>();
    sources.computeIfPresent(
        view.ref().whole(),
        (same, source) -> {
          boolean last = source.remove(view);
          if (last) {
            ended.add(source);
          }
          return last ? null : source;
        });
    ended.forEach(Source::close);
  }

  void submit(Source source, Flight flight) {
    loaders.submit(
        () -> source.fly(flight),
        why -> source.failed(flight, new SecretException.Unavailable(source.ref, why)),
        1);
  }

  /** The version that is about to become current, if there is one and it can be read. */
  <T> CompletableFuture<Optional<Shown<T>>> pending(View<T> view) {
    CompletableFuture<Optional<Shown<T>>> answer = new CompletableFuture<>();
    SecretRef ref = new SecretRef(view.ref().id(), SecretStage.PENDING);
    loaders.submit(
        () -> {
          try {
            Shown<T> pending = view.readAside(store.fetch(ref));
            if (!answer.complete(Optional.of(pending))) {
              pending.wipe();
            }
          } catch (SecretException none) {
            answer.complete(Optional.empty());
          }
        },
        why -> answer.complete(Optional.empty()),
        1);
    return answer;
  }

  /** Starts what is due, ends what is too old, and wipes what is over. */
  void tick() {
    long now = options.time().nanoTime();
    loaders.giveUpLate();
    List<Source> due = new ArrayList<>();
    List<Source> first = new ArrayList<>();
    for (Source source : sources.values()) {
      source.expire(now);
      if (source.turns().isDue(now)) {
        (source.turns().isFirst() && !batchRefused ? first : due).add(source);
      }
    }
    superseded.wipeDue();
    startTogether(first, due, now);
    for (Source source : due) {
      if (!bucket.tryTake()) {
        return;
      }
      Flight flight = source.turns().current(now);
      if (flight != null && flight.takesOff()) {
        submit(source, flight);
      }
    }
  }

  private void startTogether(List<Source> first, List<Source> alone, long now) {
    if (first.size() < 2) {
      alone.addAll(first);
      return;
    }
    for (int from = 0; from < first.size() && bucket.tryTake(); from += BATCH) {
      Map<Source, Flight> batch = new LinkedHashMap<>();
      for (Source source : first.subList(from, Math.min(first.size(), from + BATCH))) {
        Flight flight = source.turns().current(now);
        if (flight != null && flight.takesOff()) {
          batch.put(source, flight);
        }
      }
      // Twice the time, since a provider may have to fetch them one by one.
      loaders.submit(() -> flyTogether(batch), why -> failAll(batch, why), 2);
    }
  }

  private void flyTogether(Map<Source, Flight> batch) {
    Map<SecretRef, SecretFetch> answers;
    try {
      answers = store.fetchAll(batch.keySet().stream().map(source -> source.ref).toList());
    } catch (SecretException e) {
      batchRefused = e instanceof SecretException.AccessDenied;
      batch.forEach(this::submit);
      return;
    }
    batch.forEach((source, flight) -> land(source, flight, answers.get(source.ref)));
  }

  private void land(Source source, Flight flight, @Nullable SecretFetch answer) {
    try {
      if (answer instanceof SecretFetch.Fetched fetched) {
        source.fetched(flight, store.usable(source.ref, fetched.value()), null);
      } else if (answer instanceof SecretFetch.Failed failed) {
        throw failed.why();
      } else {
        throw new SecretException.Unavailable(source.ref, "the provider left it out");
      }
    } catch (SecretException e) {
      source.failed(flight, e);
    } catch (Throwable notShown) {
      String kind = notShown.getClass().getSimpleName();
      source.failed(
          flight, new SecretException.Unavailable(source.ref, "taking it over threw " + kind));
    }
  }

  private void failAll(Map<Source, Flight> batch, String why) {
    batch.forEach(
        (source, flight) ->
            source.failed(flight, new SecretException.Unavailable(source.ref, why)));
  }

  void look(SecretRef ref, SecretValue value) {
    if (options.leakCheck()) {
      leaks.look(ref, value);
    }
  }

  void close() {
    closed = true;
    // First, so that nobody takes what an interrupted call throws for an answer of the store.
    sources.values().forEach(Source::close);
    loaders.stop();
    superseded.close();
  }

  boolean isClosed() {
    return closed;
  }

  void onKick(Runnable wake) {
    kick = wake;
  }

  void kick() {
    kick.run();
  }

  LeakDetector leaks() {
    return leaks;
  }

  Store store() {
    return store;
  }

  Schedule schedule() {
    return schedule;
  }

  TokenBucket bucket() {
    return bucket;
  }

  Superseded superseded() {
    return superseded;
  }

  Listeners<SecretEvent> events() {
    return events;
  }

  SensitiveValues sensitive() {
    return options.sensitive();
  }

  TimeSource time() {
    return options.time();
  }

  RevealWatch reveals() {
    return reveals;
  }
}
