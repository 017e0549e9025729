package dev.opskit.secrets;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at what is known; it asks no store. Says the worst first. */
final class SecretsHealthCheck implements HealthCheck {
  /** A rotation takes some minutes, and the store does not promise when it begins. */
  static final Duration OVERDUE = Duration.ofHours(24);

  private final Supplier<Collection<RotatingSecret<?>>> handles;
  private final Engine engine;

  SecretsHealthCheck(Supplier<Collection<RotatingSecret<?>>> handles, Engine engine) {
    this.handles = handles;
    this.engine = engine;
  }

  @Override
  public HealthResult check(CheckContext context) {
    List<String> absent = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> stale = new ArrayList<>();
    List<String> overdue = new ArrayList<>();
    long oldestSeconds = 0;
    Collection<RotatingSecret<?>> all = handles.get();
    for (RotatingSecret<?> handle : all) {
      Shown<?> shown = handle.view().shown();
      String name = handle.ref().id();
      String why = shown.failure() == null ? "" : ": " + shown.failure().why();
      if (shown.value() == null) {
        absent.add(name + why);
        continue;
      }
      Duration age = shown.fresh().age(engine.time().nanoTime());
      oldestSeconds = Math.max(oldestSeconds, age.toSeconds());
      if (handle.isRejected()) {
        refused.add(name);
      }
      if (shown.state() != SecretState.FRESH) {
        stale.add(name + why);
      }
      if (isOverdue(handle)) {
        overdue.add(name);
      }
    }
    return worst(absent, refused, stale, overdue)
        .with("secrets", all.size())
        .with("stale", stale.size())
        .with("oldestSeconds", oldestSeconds);
  }

  private HealthResult worst(
      List<String> absent, List<String> refused, List<String> stale, List<String> overdue) {
    if (!absent.isEmpty()) {
      return HealthResult.down(HealthCause.STALE, text("not to be had", absent));
    }
    if (!refused.isEmpty()) {
      return HealthResult.degraded(
          HealthCause.AUTH, text("refused by the system that it is for", refused));
    }
    if (!stale.isEmpty()) {
      return HealthResult.degraded(HealthCause.STALE, text("not confirmed by the store", stale));
    }
    if (!engine.leaks().reported().isEmpty()) {
      return HealthResult.degraded(
          HealthCause.FAILED,
          text("readable outside of the process", List.copyOf(engine.leaks().reported())));
    }
    if (!overdue.isEmpty()) {
      return HealthResult.degraded(HealthCause.OVERDUE, text("not rotated in time", overdue));
    }
    return HealthResult.up();
  }

  private boolean isOverdue(RotatingSecret<?> handle) {
    Source source = handle.view().source();
    SecretMetadata metadata = source.metadata();
    if (metadata == null) {
      return false;
    }
    Instant now = engine.time().now();
    Optional<Instant> announced = metadata.nextRotation();
    Optional<Instant> last = metadata.lastRotated();
    return announced.isPresent() && now.minus(OVERDUE).isAfter(announced.get())
        || last.isPresent()
            && Duration.between(last.get(), now).compareTo(source.policy.rotateWithin()) > 0;
  }

  private static String text(String what, List<String> which) {
    return which.size() + " " + what + ": " + String.join("; ", which);
  }

  /** Replicas read the same secrets from the same store. */
  @Override
  public DependencyScope scope() {
    return DependencyScope.SHARED;
  }
}
