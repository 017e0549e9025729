package dev.opskit.secrets;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until each of some handles has its first value. */
final class Readiness {
  private final List<RotatingSecret<?>> handles;
  private final Engine engine;

  Readiness(List<RotatingSecret<?>> handles, Engine engine) {
    this.handles = handles;
    this.engine = engine;
  }

  void await(Duration timeout) {
    long end = engine.time().nanoTime() + Schedule.nanos(timeout);
    engine.kick();
    for (RotatingSecret<?> handle : handles) {
      View<?> view = handle.view();
      CompletableFuture<Void> nextVersion = view.nextVersion();
      if (view.shown().value() == null) {
        await(nextVersion, end);
      }
    }
    Map<SecretRef, String> missing = new LinkedHashMap<>();
    for (RotatingSecret<?> handle : handles) {
      Shown<?> shown = handle.view().shown();
      if (shown.value() == null) {
        missing.put(handle.ref(), why(handle.ref(), shown, timeout));
      }
    }
    if (!missing.isEmpty()) {
      throw new SecretsNotReadyException(missing);
    }
  }

  private void await(CompletableFuture<Void> nextVersion, long end) {
    try {
      nextVersion.get(Math.max(0, end - engine.time().nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // The report says it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException never) {
      throw new IllegalStateException("it is completed without an exception", never);
    }
  }

  private static String why(SecretRef ref, Shown<?> shown, Duration timeout) {
    SecretException failure =
        shown.failure() == null
            ? new SecretException.Unavailable(ref, "no answer within " + timeout)
            : shown.failure().again(ref);
    return String.valueOf(failure.getMessage());
  }
}
