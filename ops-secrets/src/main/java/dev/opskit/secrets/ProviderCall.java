package dev.opskit.secrets;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One piece of work that may hang. All but the two functions is guarded by {@link Loaders}. */
final class ProviderCall {
  enum State {
    WAITING,
    RUNNING,
    GIVEN_UP,
    OVER
  }

  final Runnable work;
  final Consumer<String> givenUp;
  final long limitNanos;
  State state = State.WAITING;
  long sinceNanos;
  @Nullable Thread thread;

  /**
   * @param work never throws an exception
   * @param givenUp told why, on another thread and perhaps while the work still hangs
   * @param limitNanos how long the work may take
   */
  ProviderCall(Runnable work, Consumer<String> givenUp, long limitNanos) {
    this.work = work;
    this.givenUp = givenUp;
    this.limitNanos = limitNanos;
  }
}
