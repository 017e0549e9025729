package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A store of secrets. {@link OpsSecrets} calls it on a few threads of its own or of the host's
 * executor, with at most one call at a time for each reference and concurrently for different ones.
 * A call that takes longer than the call timeout is interrupted and its answer not used. Null as an
 * answer counts as unavailable. A reference that it is asked for has no {@link SecretRef#field}.
 */
@FunctionalInterface
public interface SecretProvider {

  /**
   * Reads one secret. May block on I/O; give it a timeout of its own, well below a minute.
   *
   * @param ref which one
   * @return a value that belongs to the caller, never null
   * @throws SecretException {@link SecretException.Unavailable} or {@link
   *     SecretException.Throttled} when trying later may help, another one when not; any other
   *     exception counts as unavailable, and its message is not shown
   */
  SecretValue fetch(SecretRef ref);

  /**
   * Tells which version is there, without its value. Asked instead of {@link #fetch} whenever a
   * secret that is known is looked at again, so that its value is sent only when it has changed.
   *
   * @param ref which one
   * @return empty if the store cannot tell; then it is fetched each time
   * @throws SecretException as {@link #fetch}; after {@link SecretException.AccessDenied} it is not
   *     asked again for this secret, which is fetched instead
   */
  default Optional<SecretMetadata> describe(SecretRef ref) {
    return Optional.empty();
  }

  /**
   * Reads several secrets, at best in one call. Asked when a service starts.
   *
   * @param refs which ones, each once
   * @return one answer for each; a reference without one counts as unavailable
   * @throws SecretException if they cannot be read together; then each is fetched for itself
   */
  default Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
    Map<SecretRef, SecretFetch> all = new LinkedHashMap<>();
    for (SecretRef ref : refs) {
      try {
        all.put(ref, new SecretFetch.Fetched(fetch(ref)));
      } catch (SecretException e) {
        all.put(ref, new SecretFetch.Failed(e));
      } catch (Exception notShown) {
        String kind = notShown.getClass().getSimpleName();
        var why = new SecretException.Unavailable(ref, "the provider threw " + kind);
        all.put(ref, new SecretFetch.Failed(why));
      }
    }
    return all;
  }

  /**
   * Has changes told. Asked once for a secret that was loaded; whether or not it tells of them, the
   * secret is also looked at again in its time.
   *
   * @param ref which one
   * @param changed run, on any thread, after the secret may have changed; returns at once and never
   *     throws
   * @return closing it ends the watch; one that does nothing if the store cannot tell
   */
  default Subscription watch(SecretRef ref, Runnable changed) {
    return () -> {};
  }
}
