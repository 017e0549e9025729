package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One secret that changes while the service runs. Keep this handle, and ask it each time. Thread-
 * safe; it ends with the {@link OpsSecrets} that gave it.
 *
 * <p>{@link #get} and {@link #snapshot} never wait for the store, but for the very first value. A
 * new version is read as its type before anybody sees it; one that is of no use is reported, and
 * the last good one served on within the bounds of the {@link SecretPolicy}.
 *
 * @param <T> what the secret is read as
 */
public final class RotatingSecret<T> {
  private final View<T> view;
  private final Logins<T> logins;

  RotatingSecret(View<T> view, Engine engine) {
    this.view = view;
    this.logins = new Logins<>(view, engine);
  }

  /**
   * Which secret.
   *
   * @return its reference
   */
  public SecretRef ref() {
    return view.ref();
  }

  /**
   * The value to use now. One volatile read; allocates nothing.
   *
   * @return stays the {@link OpsSecrets}'s to wipe, which it does a grace after it was superseded:
   *     do not keep it
   * @throws SecretException if there is none that may be served; while the first one is loaded it
   *     waits for that, at most as long as the call timeout allows
   */
  public T get() {
    return view.get();
  }

  /**
   * The value with what is known of it.
   *
   * @return all of one version
   * @throws SecretException as {@link #get}
   */
  public SecretSnapshot<T> snapshot() {
    return view.snapshot(view.loaded());
  }

  /**
   * Has the store asked now. All who ask while that is under way get the same answer; what it
   * answered less than half a second ago counts, and the token bucket may make it wait.
   *
   * @return what is served after that, be it stale; completed with a {@link SecretException} if
   *     there is nothing. Completed on a thread of the {@link OpsSecrets}
   */
  public CompletableFuture<SecretSnapshot<T>> refresh() {
    return view.source().forcedFlight().thenApply(landed -> view.snapshot(view.present()));
  }

  /**
   * Tells of new versions, after they are published.
   *
   * @param listener called on a thread of its own; one that throws or hangs delays nothing
   * @return closing it ends that
   */
  public Subscription onRotation(Consumer<? super SecretRotation> listener) {
    return view.rotations().add(listener);
  }

  /**
   * Logs in with the version that is current, or soon will be. A version that is refused is never
   * tried again by any thread, for as long as this handle lives: in its place one forced refresh is
   * joined, then a new version is tried, then once the pending one, and then a new version is
   * waited for. Logins take turns, so that each version is refused at most once.
   *
   * @param <R> what a login gives
   * @param <E> what it throws
   * @param login tries one version; give it a timeout of its own
   * @param refused whether an exception of it means that the version was refused; anything else is
   *     thrown on
   * @param budget how long to wait for a turn, and in all for another version; 0 or more
   * @return what the login gave
   * @throws E what the login threw, if it was not refused or no version is left within the budget
   * @throws SecretException if there is no version to try; {@link SecretException.Rejected} if each
   *     was refused before
   */
  public <R, E extends Exception> R logIn(
      Login<T, R, E> login, Predicate<? super Exception> refused, Duration budget) throws E {
    return logins.logIn(login, refused, budget);
  }

  /** Whether the version that is served was refused. */
  boolean isRejected() {
    return logins.isRejected(view.shown().version());
  }

  View<T> view() {
    return view;
  }

  /** Which secret, never its value. */
  @Override
  public String toString() {
    return "RotatingSecret[" + view.ref().id() + "]";
  }
}
