package dev.opskit.secrets;

import java.util.ArrayList;
import java.util.List;

/** Puts providers together. */
public final class SecretProviders {
  private SecretProviders() {}

  /**
   * Asks several stores in a fixed order. Thread-safe if they are; closes none of them.
   *
   * <ul>
   *   <li>{@link SecretException.NotFound}: the next one is asked; if none has it, the answer is
   *       that of the last.
   *   <li>{@link SecretException.Unavailable} and {@link SecretException.Throttled}: the next one
   *       is asked only if this one has never given that secret, as when it is down while the
   *       service starts. Once it has, its outage is reported, so that a value of another store,
   *       which may be an old one, does not replace the one in use. If no other has it, the answer
   *       is the first outage, and not that there is none.
   *   <li>Anything else is reported at once: a right that is missing, or a value that is broken, is
   *       to be mended and not to be passed over.
   * </ul>
   *
   * @param first asked before all others
   * @param others in their order
   * @return the chain
   */
  public static SecretProvider chain(SecretProvider first, SecretProvider... others) {
    List<SecretProvider> all = new ArrayList<>();
    all.add(first);
    all.addAll(List.of(others));
    return new ChainedProvider(all);
  }
}
