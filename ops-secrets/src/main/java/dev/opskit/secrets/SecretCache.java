package dev.opskit.secrets;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.opskit.core.event.Listeners;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a provider while they live, and the last good one of each secret. One thread asks,
 * outside of any lock; the others that want the same secret wait for its answer.
 */
final class SecretCache implements AutoCloseable {
  record Times(Duration ttl, Duration retry, Duration maxStale, Duration grace) {}

  private final SecretProvider provider;
  private final SensitiveValues sensitive;
  private final TimeSource time;
  private final Times times;
  private final Retired retired;
  private final Listeners<SecretEvent> listeners;
  private final AsyncCache<SecretRef, Answer> answers;
  private final ConcurrentHashMap<SecretRef, Answer.Good> lastGood = new ConcurrentHashMap<>();
  private volatile boolean closed;

  SecretCache(
      SecretProvider provider,
      SensitiveValues sensitive,
      TimeSource time,
      Times times,
      Listeners<SecretEvent> listeners) {
    this.provider = provider;
    this.sensitive = sensitive;
    this.time = time;
    this.times = times;
    this.retired = new Retired(times.grace(), time);
    this.listeners = listeners;
    this.answers =
        Caffeine.newBuilder()
            .ticker(time::nanoTime)
            .executor(Runnable::run)
            .expireAfter(Expiry.<SecretRef, Answer>writing((ref, answer) -> answer.life()))
            .buildAsync();
  }

  SecretValue get(SecretRef ref) {
    if (closed) {
      throw new SecretException.Closed(ref);
    }
    CompletableFuture<Answer> known = answers.getIfPresent(ref);
    Answer answer = await(ref, known == null ? ask(ref) : known);
    if (closed) {
      // What was loaded while close() ran has come too late for its sweep.
      wipe();
      throw new SecretException.Closed(ref);
    }
    return answer.value();
  }

  private CompletableFuture<Answer> ask(SecretRef ref) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> flight = answers.get(ref, (same, executor) -> mine);
    if (flight == mine) {
      Answer answer = failed(ref, "the provider threw an Error", Duration.ZERO);
      try {
        answer = load(ref);
      } finally {
        mine.complete(answer);
      }
    }
    return flight;
  }

  private static Answer await(SecretRef ref, CompletableFuture<Answer> flight) {
    try {
      return flight.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException.Unavailable(ref, "interrupted while another thread loaded it");
    } catch (ExecutionException never) {
      throw new IllegalStateException("failures are answers too", never);
    }
  }

  private Answer load(SecretRef ref) {
    retired.wipeDue();
    Answer.Good last = lastGood.get(ref);
    SecretValue fetched;
    try {
      fetched = fetch(ref);
    } catch (SecretException.Unavailable e) {
      return serveStale(ref, last, e);
    } catch (SecretException e) {
      return refuse(ref, last, e);
    }
    return publish(ref, last, fetched);
  }

  private SecretValue fetch(SecretRef ref) {
    SecretValue value;
    try {
      value = provider.fetch(ref);
    } catch (SecretException e) {
      throw e;
    } catch (Exception notShown) {
      // Exception, since Kotlin and Scala throw checked ones unannounced.
      String kind = notShown.getClass().getSimpleName();
      throw new SecretException.Unavailable(ref, "the provider threw " + kind);
    }
    if (value == null) {
      throw new SecretException.Unavailable(ref, "the provider returned null");
    }
    if (value.isClosed()) {
      throw new SecretException.Unavailable(ref, "the provider returned a value that is closed");
    }
    return value;
  }

  private Answer publish(SecretRef ref, Answer.@Nullable Good last, SecretValue fetched) {
    long now = time.nanoTime();
    if (last != null && last.value().isSameAs(fetched)) {
      if (fetched != last.value()) {
        fetched.close();
      }
      return keep(ref, last.fetchedAgain(now));
    }
    var masking = SensitiveParts.register(fetched, sensitive);
    Answer.Good next = keep(ref, new Answer.Good(fetched, masking, now, times.ttl()));
    if (last != null) {
      retired.add(last);
    }
    listeners.publish(new SecretEvent.Loaded(ref, fetched.version()));
    return next;
  }

  private Answer.Good keep(SecretRef ref, Answer.Good good) {
    lastGood.put(ref, good);
    return good;
  }

  private Answer serveStale(
      SecretRef ref, Answer.@Nullable Good last, SecretException.Unavailable e) {
    if (last != null) {
      Duration age = Duration.ofNanos(time.nanoTime() - last.fetchedNanos());
      Duration left = times.maxStale().minus(age);
      if (!left.isNegative()) {
        listeners.publish(new SecretEvent.ServedStale(ref, age, String.valueOf(e.getMessage())));
        return new Answer.Stale(last.value(), left.compareTo(pause()) < 0 ? left : pause());
      }
    }
    return failed(ref, e);
  }

  private Answer refuse(SecretRef ref, Answer.@Nullable Good last, SecretException e) {
    boolean withdrawn =
        e instanceof SecretException.NotFound || e instanceof SecretException.AccessDenied;
    if (withdrawn && last != null) {
      // Or a later outage would bring back what was taken away.
      lastGood.remove(ref);
      retired.add(last);
    }
    return failed(ref, e);
  }

  private Answer failed(SecretRef ref, SecretException e) {
    listeners.publish(new SecretEvent.Failed(ref, String.valueOf(e.getMessage())));
    return new Answer.Failed(ref, e, pause());
  }

  private static Answer failed(SecretRef ref, String why, Duration life) {
    return new Answer.Failed(ref, new SecretException.Unavailable(ref, why), life);
  }

  /** A load that failed because its thread was interrupted says nothing about the provider. */
  private Duration pause() {
    return Thread.currentThread().isInterrupted() ? Duration.ZERO : times.retry();
  }

  @Override
  public void close() {
    closed = true;
    wipe();
  }

  private void wipe() {
    for (SecretRef ref : lastGood.keySet()) {
      Answer.Good last = lastGood.remove(ref);
      if (last != null) {
        retired.add(last);
      }
    }
    retired.wipeAll();
  }
}
