package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.event.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainedProviderTest {
  private static final SecretRef REF = SecretRef.of("orders/database");

  private final ScriptedProvider first = new ScriptedProvider();
  private final ScriptedProvider second = new ScriptedProvider();
  private final SecretProvider chain = SecretProviders.chain(first, second);

  @Test
  void theFirstThatHasItIsTheOneThatIsAsked() {
    first.gives("1", "of the first");
    second.gives("2", "of the second");
    assertTrue(chain.fetch(REF).matches("of the first"));
    assertEquals(0, second.calls.get());
  }

  @Test
  void whatTheFirstDoesNotHaveTheSecondMayHave() {
    first.hasNone();
    second.gives("2", "of the second");
    assertTrue(chain.fetch(REF).matches("of the second"));
  }

  @Test
  void whatNobodyHasIsNotFound() {
    first.hasNone();
    second.hasNone();
    assertThrows(SecretException.NotFound.class, () -> chain.fetch(REF));
  }

  @Test
  void anOutageAtTheStartIsBridgedByTheNext() {
    first.isUnavailable();
    second.gives("2", "of the second");
    assertTrue(chain.fetch(REF).matches("of the second"));
    first.gives("1", "of the first");
    assertTrue(chain.fetch(REF).matches("of the first"));
  }

  @Test
  void anOutageOfWhoGaveItBeforeDoesNotBringAnotherValue() {
    first.gives("1", "of the first");
    second.gives("2", "of the second");
    chain.fetch(REF);
    first.isUnavailable();
    assertThrows(SecretException.Unavailable.class, () -> chain.fetch(REF));
    var all = chain.fetchAll(List.of(REF));
    var failed = assertInstanceOf(SecretFetch.Failed.class, all.get(REF));
    assertInstanceOf(SecretException.Unavailable.class, failed.why());
    assertEquals(0, second.calls.get());
  }

  @Test
  void whatTheFirstNoLongerHasTheSecondMayHaveAlsoInAnOutage() {
    first.gives("1", "of the first");
    second.gives("2", "of the second");
    chain.fetch(REF);
    first.hasNone();
    assertTrue(chain.fetch(REF).matches("of the second"));
    first.isUnavailable();
    assertTrue(chain.fetch(REF).matches("of the second"));
  }

  @Test
  void whoNoLongerHasItIsInAnOutageAsIfItNeverHad() {
    first.gives("1", "of the first");
    chain.fetch(REF);
    first.hasNone();
    second.hasNone();
    assertThrows(SecretException.NotFound.class, () -> chain.fetch(REF));
    first.isUnavailable();
    second.gives("2", "of the second");
    assertTrue(chain.fetch(REF).matches("of the second"));
  }

  @Test
  void asLongAsOneDidNotAnswerItIsNotNotFound() {
    first.answer =
        ref -> {
          throw new SecretException.Throttled(ref, "too many");
        };
    second.hasNone();
    assertThrows(SecretException.Throttled.class, () -> chain.fetch(REF));
    var failed = (SecretFetch.Failed) chain.fetchAll(List.of(REF)).get(REF);
    assertInstanceOf(SecretException.Throttled.class, failed.why());
  }

  @Test
  void aRightThatIsMissingIsNotPassedOver() {
    first.denies();
    second.gives("2", "of the second");
    assertThrows(SecretException.AccessDenied.class, () -> chain.fetch(REF));
    var failed = (SecretFetch.Failed) chain.fetchAll(List.of(REF)).get(REF);
    assertInstanceOf(SecretException.AccessDenied.class, failed.why());
    assertEquals(0, second.calls.get());
  }

  @Test
  void togetherEachIsTakenFromTheFirstThatHasIt() {
    SecretRef other = SecretRef.of("other");
    SecretRef absent = SecretRef.of("absent");
    first.answer = ref -> has(ref, REF, "of the first");
    second.answer = ref -> has(ref, other, "of the second");

    Map<SecretRef, SecretFetch> all = chain.fetchAll(List.of(absent, other, REF));

    assertTrue(((SecretFetch.Fetched) all.get(REF)).value().matches("of the first"));
    assertTrue(((SecretFetch.Fetched) all.get(other)).value().matches("of the second"));
    var failed = assertInstanceOf(SecretFetch.Failed.class, all.get(absent));
    assertInstanceOf(SecretException.NotFound.class, failed.why());
    assertEquals(2, second.calls.get());
  }

  @Test
  void oneThatCannotReadTogetherIsAskedForEach() {
    SecretProvider noBatch =
        new SecretProvider() {
          @Override
          public SecretValue fetch(SecretRef ref) {
            return ScriptedProvider.value(ref, "1", "alone");
          }

          @Override
          public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
            throw new SecretException.AccessDenied(REF, "no batch");
          }
        };
    var all = SecretProviders.chain(noBatch).fetchAll(List.of(REF));
    assertTrue(((SecretFetch.Fetched) all.get(REF)).value().matches("alone"));
  }

  @Test
  void itIsDescribedByWhoWouldGiveIt() {
    SecretProvider describing = new Described("version of the second");
    first.hasNone();
    assertEquals(Optional.empty(), SecretProviders.chain(first, describing).describe(REF));
    SecretProvider absent = new Described(null);
    assertEquals(
        "version of the second",
        SecretProviders.chain(absent, describing).describe(REF).orElseThrow().version());
  }

  @Test
  void aChangeInAnyOfThemIsTold() {
    List<Runnable> watches = new ArrayList<>();
    SecretProvider watched = new Described("1", watches);
    List<String> told = new ArrayList<>();
    Subscription watch =
        SecretProviders.chain(watched, watched).watch(REF, () -> told.add("changed"));
    List.copyOf(watches).forEach(Runnable::run);
    assertEquals(2, told.size());
    watch.close();
    assertEquals(List.of(), watches);
  }

  private static SecretValue has(SecretRef asked, SecretRef one, String value) {
    if (asked.equals(one)) {
      return ScriptedProvider.value(asked, "1", value);
    }
    throw new SecretException.NotFound(asked, "no such secret");
  }

  private record Described(@Nullable String version, List<Runnable> watches)
      implements SecretProvider {
    Described(@Nullable String version) {
      this(version, new ArrayList<>());
    }

    @Override
    public SecretValue fetch(SecretRef ref) {
      throw new AssertionError("not fetched");
    }

    @Override
    public Optional<SecretMetadata> describe(SecretRef ref) {
      if (version == null) {
        throw new SecretException.NotFound(ref, "no such secret");
      }
      return Optional.of(new SecretMetadata(version, Optional.empty(), Optional.empty()));
    }

    @Override
    public Subscription watch(SecretRef ref, Runnable changed) {
      watches.add(changed);
      return () -> watches.remove(changed);
    }
  }
}
