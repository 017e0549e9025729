package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretFetch;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The clauses on {@link SecretProvider#fetchAll}. */
final class FetchedTogether {
  /** More than any store that we know of takes in one call. */
  private static final int MANY = 45;

  private FetchedTogether() {}

  static void eachHasItsOwnValue(SecretProviderContract store) throws Exception {
    List<SecretRef> refs = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      SecretRef ref = SecretRef.of("contract-all-" + i);
      store.put(ref.id(), value(ref));
      refs.add(ref);
    }
    Map<SecretRef, SecretFetch> all = store.provider().fetchAll(refs);
    assertEquals(Set.copyOf(refs), all.keySet(), "one answer for each");
    for (SecretRef ref : refs) {
      requireValue(all, ref);
    }
  }

  static void nothingIsNothing(SecretProviderContract store) {
    assertEquals(Map.of(), store.provider().fetchAll(List.of()));
  }

  static void oneThatIsAbsentSpoilsNoOther(SecretProviderContract store) throws Exception {
    SecretRef one = SecretRef.of("contract-all-there");
    SecretRef absent = SecretRef.of("contract-all-absent");
    SecretRef other = SecretRef.of("contract-all-too");
    store.put(one.id(), value(one));
    store.put(other.id(), value(other));
    Map<SecretRef, SecretFetch> all = store.provider().fetchAll(List.of(one, absent, other));
    requireValue(all, one);
    requireValue(all, other);
    requireNotFound(all, absent);
  }

  static void noOtherStageIsServed(SecretProviderContract store) throws Exception {
    SecretRef current = SecretRef.of("contract-all-stages");
    SecretRef pending = new SecretRef(current.id(), SecretStage.PENDING);
    store.put(current.id(), value(current));
    Map<SecretRef, SecretFetch> all = store.provider().fetchAll(List.of(pending, current));
    requireValue(all, current);
    requireNotFound(all, pending);
  }

  private static byte[] value(SecretRef ref) {
    return ("value of " + ref.id()).getBytes(StandardCharsets.UTF_8);
  }

  private static void requireValue(Map<SecretRef, SecretFetch> all, SecretRef ref) {
    var fetched = assertInstanceOf(SecretFetch.Fetched.class, all.get(ref), ref::id);
    assertArrayEquals(value(ref), fetched.value().withBytes(byte[]::clone), ref::id);
    fetched.value().close();
  }

  private static void requireNotFound(Map<SecretRef, SecretFetch> all, SecretRef ref) {
    var failed = assertInstanceOf(SecretFetch.Failed.class, all.get(ref), ref::toString);
    assertInstanceOf(SecretException.NotFound.class, failed.why());
  }
}
