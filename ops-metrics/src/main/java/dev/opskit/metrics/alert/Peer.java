package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one address knows, and when it is told more: one request at a time, first what failed the
 * fewest times, so that one alert that the far end stumbles over holds up no other. Confined to the
 * thread of the courier.
 */
final class Peer {
  /** Never due by itself; whoever waits is woken by an answer or a new alert. */
  static final long LATER = Long.MAX_VALUE;

  private record Told(long revision, long atNanos, boolean refused) {}

  /** A request that is under way. */
  record Flight(List<Entry> batch, long sentNanos) {}

  private final Route route;
  private final Backoff backoff;
  private final Map<Alert.Key, Told> told = new HashMap<>();
  private final Map<Alert.Key, Integer> failures = new HashMap<>();
  private final Set<Alert.Key> alone = new HashSet<>();
  private @Nullable Flight flight;
  private @Nullable Long restUntilNanos;
  private boolean lastChance;
  private boolean gaveUp;

  Peer(Route route, Backoff backoff) {
    this.route = route;
    this.backoff = backoff;
  }

  Route route() {
    return route;
  }

  @Nullable Flight flight() {
    return flight;
  }

  /** What to send now, empty if nothing; whoever asks sends it. */
  List<Entry> next(List<Entry> entries, long now) {
    if (flight != null || gaveUp || isResting(now)) {
      return List.of();
    }
    Set<Alert.Key> keys =
        entries.stream().map(entry -> entry.alert().key()).collect(Collectors.toSet());
    told.keySet().retainAll(keys);
    failures.keySet().retainAll(keys);
    alone.retainAll(keys);
    List<Entry> due = new ArrayList<>(entries);
    due.removeIf(entry -> dueInNanos(entry, now) > 0);
    due.sort(Comparator.comparing(entry -> failures.getOrDefault(entry.alert().key(), 0)));
    if (due.isEmpty()) {
      return due;
    }
    if (alone.contains(due.get(0).alert().key())) {
      due = due.subList(0, 1);
    } else {
      due.removeIf(entry -> alone.contains(entry.alert().key()));
    }
    List<Entry> batch = List.copyOf(due.subList(0, Math.min(route.batch(), due.size())));
    flight = new Flight(batch, now);
    return batch;
  }

  /** In how many nanoseconds there is something to do if nothing happens before. */
  long waitNanos(List<Entry> entries, long now) {
    if (flight != null) {
      return Math.max(0, route.timeout().toNanos() - (now - flight.sentNanos()));
    }
    if (gaveUp) {
      return LATER;
    }
    if (isResting(now)) {
      return restUntilNanos - now;
    }
    return entries.stream().mapToLong(entry -> dueInNanos(entry, now)).min().orElse(LATER);
  }

  boolean isOverdue(long now) {
    return flight != null && now - flight.sentNanos() >= route.timeout().toNanos();
  }

  void taken(long now) {
    for (Entry entry : land()) {
      told.put(entry.alert().key(), new Told(entry.revision(), now, false));
      failures.remove(entry.alert().key());
      alone.remove(entry.alert().key());
    }
    backoff.succeeded();
  }

  /**
   * One of them is wrong. Whoever takes the rest cannot be known from here, so each is sent alone.
   *
   * @return whether that was known to be this one, which is not sent again until it changes
   */
  boolean refused(long now) {
    List<Entry> batch = land();
    if (batch.size() > 1) {
      batch.forEach(entry -> alone.add(entry.alert().key()));
      return false;
    }
    Entry entry = batch.get(0);
    told.put(entry.alert().key(), new Told(entry.revision(), now, true));
    alone.remove(entry.alert().key());
    return true;
  }

  void failed(long now) {
    for (Entry entry : land()) {
      failures.merge(entry.alert().key(), 1, Integer::sum);
    }
    rest(now + backoff.failedNanos());
  }

  /** Address or credentials are wrong, and the next attempt will most likely end the same way. */
  void turnedAway(long now) {
    for (Entry entry : land()) {
      failures.merge(entry.alert().key(), 1, Integer::sum);
    }
    rest(now + backoff.longestNanos());
  }

  /** One more attempt, at once, for what it was not told yet. */
  void giveLastChance() {
    if (!lastChance) {
      lastChance = true;
      restUntilNanos = null;
    }
  }

  boolean isDone(List<Entry> entries) {
    return flight == null && (gaveUp || entries.stream().allMatch(this::knows));
  }

  private List<Entry> land() {
    List<Entry> batch = flight == null ? List.of() : flight.batch();
    flight = null;
    return batch;
  }

  private void rest(long untilNanos) {
    restUntilNanos = untilNanos;
    gaveUp = lastChance;
  }

  private boolean isResting(long now) {
    return restUntilNanos != null && restUntilNanos - now > 0;
  }

  private boolean knows(Entry entry) {
    Told last = told.get(entry.alert().key());
    return last != null && last.revision() == entry.revision();
  }

  private long dueInNanos(Entry entry, long now) {
    Told last = told.get(entry.alert().key());
    if (last == null || last.revision() != entry.revision()) {
      return 0;
    }
    Duration resend = route.resend();
    return last.refused() || resend == null || lastChance
        ? LATER
        : Math.max(0, resend.toNanos() - (now - last.atNanos()));
  }
}
