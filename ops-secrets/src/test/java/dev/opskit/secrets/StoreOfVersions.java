package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A store that can do all that a provider may, and writes down each call. */
final class StoreOfVersions implements SecretProvider {
  final List<String> journal = new CopyOnWriteArrayList<>();
  final Map<SecretRef, Runnable> watchers = new ConcurrentHashMap<>();
  final List<SecretRef> unwatched = new CopyOnWriteArrayList<>();
  private final Map<SecretRef, Version> versions = new ConcurrentHashMap<>();
  volatile Optional<Instant> nextRotation = Optional.empty();
  volatile Optional<Instant> lastRotated = Optional.empty();
  volatile boolean describeDenied;
  volatile @Nullable SecretException batchFailure;

  private record Version(String name, String value) {}

  void put(SecretRef ref, String version, String value) {
    versions.put(ref, new Version(version, value));
  }

  List<String> takeJournal() {
    List<String> taken = new ArrayList<>(journal);
    journal.clear();
    return taken;
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    journal.add("fetch " + ref.id());
    Version found = found(ref);
    return ScriptedProvider.value(ref, found.name(), found.value());
  }

  @Override
  public Optional<SecretMetadata> describe(SecretRef ref) {
    journal.add("describe " + ref.id());
    if (describeDenied) {
      throw new SecretException.AccessDenied(ref, "no such right");
    }
    return Optional.of(new SecretMetadata(found(ref).name(), nextRotation, lastRotated));
  }

  @Override
  public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
    journal.add("fetchAll " + refs.stream().map(SecretRef::id).sorted().toList());
    SecretException why = batchFailure;
    if (why != null) {
      throw why;
    }
    Map<SecretRef, SecretFetch> all = new LinkedHashMap<>();
    for (SecretRef ref : refs) {
      Version known = versions.get(ref);
      if (known != null) {
        var value = ScriptedProvider.value(ref, known.name(), known.value());
        all.put(ref, new SecretFetch.Fetched(value));
      } else if (!ref.id().equals("left-out")) {
        all.put(ref, new SecretFetch.Failed(new SecretException.NotFound(ref, "none")));
      }
    }
    return all;
  }

  @Override
  public Subscription watch(SecretRef ref, Runnable changed) {
    watchers.put(ref, changed);
    return () -> unwatched.add(ref);
  }

  private Version found(SecretRef ref) {
    Version found = versions.get(ref);
    if (found == null) {
      throw new SecretException.NotFound(ref, "none");
    }
    return found;
  }
}
