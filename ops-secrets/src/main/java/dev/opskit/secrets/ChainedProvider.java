package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Several stores in their order; see {@link SecretProviders#chain}. */
final class ChainedProvider implements SecretProvider {
  private final List<SecretProvider> links;

  /** Which link has given a secret last. */
  private final Map<SecretRef, SecretProvider> homes = new ConcurrentHashMap<>();

  ChainedProvider(List<SecretProvider> links) {
    this.links = List.copyOf(links);
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    return firstOf(
        ref,
        (link, asked) -> {
          SecretValue value = link.fetch(asked);
          homes.put(asked, link);
          return value;
        });
  }

  @Override
  public Optional<SecretMetadata> describe(SecretRef ref) {
    return firstOf(ref, SecretProvider::describe);
  }

  private <R> R firstOf(SecretRef ref, BiFunction<SecretProvider, SecretRef, R> ask) {
    SecretException told = null;
    for (SecretProvider link : links) {
      try {
        return ask.apply(link, ref);
      } catch (SecretException e) {
        if (!goesOn(ref, link, e)) {
          throw e;
        }
        told = worse(told, e);
      }
    }
    throw Objects.requireNonNull(told);
  }

  @Override
  public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
    Map<SecretRef, SecretFetch> all = new LinkedHashMap<>();
    Map<SecretRef, SecretException> told = new LinkedHashMap<>();
    List<SecretRef> open = List.copyOf(refs);
    for (SecretProvider link : links) {
      if (open.isEmpty()) {
        break;
      }
      Map<SecretRef, SecretFetch> answers = together(link, open);
      List<SecretRef> next = new ArrayList<>();
      for (SecretRef ref : open) {
        SecretFetch fetch = answers.get(ref);
        if (fetch instanceof SecretFetch.Failed failed && goesOn(ref, link, failed.why())) {
          told.put(ref, worse(told.get(ref), failed.why()));
          next.add(ref);
        } else if (fetch != null) {
          if (fetch instanceof SecretFetch.Fetched) {
            homes.put(ref, link);
          }
          all.put(ref, fetch);
        }
      }
      open = next;
    }
    open.forEach(
        ref -> all.put(ref, new SecretFetch.Failed(Objects.requireNonNull(told.get(ref)))));
    return all;
  }

  /** Each for itself if the link cannot read them together. */
  private static Map<SecretRef, SecretFetch> together(SecretProvider link, List<SecretRef> refs) {
    try {
      return link.fetchAll(refs);
    } catch (SecretException e) {
      SecretProvider oneByOne = link::fetch;
      return oneByOne.fetchAll(refs);
    }
  }

  private boolean goesOn(SecretRef ref, SecretProvider link, SecretException e) {
    if (e instanceof SecretException.NotFound) {
      homes.remove(ref, link);
      return true;
    }
    return isOutage(e) && homes.get(ref) != link;
  }

  private static boolean isOutage(SecretException e) {
    return e instanceof SecretException.Unavailable || e instanceof SecretException.Throttled;
  }

  /** As long as one store did not answer, nobody knows that there is none. */
  private static SecretException worse(@Nullable SecretException told, SecretException e) {
    return told != null && isOutage(told) ? told : e;
  }

  @Override
  public Subscription watch(SecretRef ref, Runnable changed) {
    List<Subscription> all = links.stream().map(link -> link.watch(ref, changed)).toList();
    return () -> all.forEach(Subscription::close);
  }
}
