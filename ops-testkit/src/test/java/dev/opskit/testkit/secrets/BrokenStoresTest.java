package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.event.Subscription;
import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretFetch;
import dev.opskit.secrets.SecretMetadata;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretValue;
import dev.opskit.testkit.ContractRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * As {@link BrokenSecretProvidersTest}, for what a provider may do beyond fetching one secret. Each
 * fixture is broken by rule and not by chance, and so falls by the same clauses each time.
 */
@Tag("once")
class BrokenStoresTest {

  /** Keeps every clause, with all that a provider may do. */
  static class Right implements SecretProviderContract, SecretProvider {
    final InMemorySecretProvider right = new InMemorySecretProvider();
    final Map<Runnable, String> watches = new ConcurrentHashMap<>();
    private volatile boolean throttled;

    @Override
    public SecretProvider provider() {
      return this;
    }

    @Override
    public void put(String id, byte[] value) {
      right.put(SecretRef.of(id), value);
      watches.forEach(
          (changed, watched) -> {
            if (watched.equals(id)) {
              changed.run();
            }
          });
    }

    @Override
    public void remove(String id) {
      right.remove(id);
    }

    @Override
    public boolean watches() {
      return true;
    }

    @Override
    public boolean throttle() {
      throttled = true;
      return true;
    }

    @Override
    public SecretValue fetch(SecretRef ref) {
      if (throttled) {
        throttled = false;
        throw tooMany(ref);
      }
      return right.fetch(ref);
    }

    SecretException tooMany(SecretRef ref) {
      return new SecretException.Throttled(ref, "too many");
    }

    @Override
    public Optional<SecretMetadata> describe(SecretRef ref) {
      return told(right.fetch(ref).version());
    }

    static Optional<SecretMetadata> told(String version) {
      return Optional.of(new SecretMetadata(version, Optional.empty(), Optional.empty()));
    }

    @Override
    public Subscription watch(SecretRef ref, Runnable changed) {
      watches.put(changed, ref.id());
      return () -> watches.remove(changed);
    }
  }

  static class CallsThrottlingAnOutage extends Right {
    @Override
    SecretException tooMany(SecretRef ref) {
      return new SecretException.Unavailable(ref, "too many");
    }
  }

  static class AsksForAWaitOfNothing extends Right {
    @Override
    SecretException tooMany(SecretRef ref) {
      return new SecretException.Throttled(ref, "too many", Duration.ZERO);
    }
  }

  static class SwallowsInterrupts extends Right {
    @Override
    public SecretValue fetch(SecretRef ref) {
      Thread.interrupted();
      return super.fetch(ref);
    }
  }

  static class IsDeadAfterAnInterrupt extends Right {
    private volatile boolean dead;

    @Override
    public SecretValue fetch(SecretRef ref) {
      dead |= Thread.currentThread().isInterrupted();
      if (dead) {
        throw new SecretException.Unavailable(ref, "the connection was closed");
      }
      return super.fetch(ref);
    }
  }

  static class ThrowsSomethingElseWhenInterrupted extends Right {
    @Override
    public SecretValue fetch(SecretRef ref) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted");
      }
      return super.fetch(ref);
    }
  }

  /** The first half of the value before, the other half of this one. */
  static class Tears extends Right {
    private volatile byte[] last = {};

    @Override
    public SecretValue fetch(SecretRef ref) {
      SecretValue value = super.fetch(ref);
      if (!ref.id().equals("contract-changing")) {
        return value;
      }
      byte[] torn = value.withBytes(byte[]::clone);
      byte[] before = last;
      last = torn.clone();
      if (before.length == torn.length) {
        System.arraycopy(before, 0, torn, 0, torn.length / 2);
      }
      return SecretValue.take(ref, value.version(), torn);
    }
  }

  /** As a cache that nobody has asked for does. */
  static class KeepsTheFirst extends Right {
    private final Map<SecretRef, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public SecretValue fetch(SecretRef ref) {
      SecretValue value = super.fetch(ref);
      if (!ref.id().equals("contract-changing")) {
        return value;
      }
      byte[] bytes = kept.computeIfAbsent(ref, first -> value.withBytes(byte[]::clone));
      return SecretValue.take(ref, "1", bytes.clone());
    }
  }

  static class DescribesTheFirstForEver extends Right {
    private final Map<SecretRef, Optional<SecretMetadata>> known = new ConcurrentHashMap<>();

    @Override
    public Optional<SecretMetadata> describe(SecretRef ref) {
      return known.computeIfAbsent(ref, super::describe);
    }
  }

  static class CountsDescriptionsByItself extends Right {
    @Override
    public Optional<SecretMetadata> describe(SecretRef ref) {
      return told("described-" + super.describe(ref).orElseThrow().version());
    }
  }

  static class DescribesWhatIsAbsent extends Right {
    @Override
    public Optional<SecretMetadata> describe(SecretRef ref) {
      try {
        return super.describe(ref);
      } catch (SecretException.NotFound e) {
        return told("none");
      }
    }
  }

  static class CutsTheBatchOff extends Right {
    @Override
    public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
      return super.fetchAll(refs.stream().limit(20).toList());
    }
  }

  static class MixesTheBatchUp extends Right {
    @Override
    public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
      Map<SecretRef, SecretFetch> all = new LinkedHashMap<>(super.fetchAll(refs));
      if (refs.size() == 45) {
        SecretRef[] two = refs.stream().limit(2).toArray(SecretRef[]::new);
        all.put(two[0], all.put(two[1], all.get(two[0])));
      }
      return all;
    }
  }

  static class RefusesAnEmptyBatch extends Right {
    @Override
    public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
      if (refs.isEmpty()) {
        throw new IllegalArgumentException("at least one");
      }
      return super.fetchAll(refs);
    }
  }

  static class FailsTheBatchForOne extends Right {
    @Override
    public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
      refs.forEach(ref -> super.fetch(ref).close());
      return super.fetchAll(refs);
    }
  }

  static class ServesCurrentInABatch extends Right {
    @Override
    public Map<SecretRef, SecretFetch> fetchAll(Collection<SecretRef> refs) {
      Map<SecretRef, SecretFetch> all = new LinkedHashMap<>();
      super.fetchAll(refs.stream().map(ref -> SecretRef.of(ref.id())).distinct().toList())
          .forEach(
              (current, fetch) ->
                  refs.stream()
                      .filter(ref -> ref.id().equals(current.id()))
                      .forEach(ref -> all.put(ref, fetch)));
      return all;
    }
  }

  static class NeverTells extends Right {
    @Override
    public Subscription watch(SecretRef ref, Runnable changed) {
      return () -> {};
    }

    @Override
    public Duration patience() {
      return Duration.ofNanos(1);
    }
  }

  static class TellsAfterItWasClosed extends Right {
    @Override
    public Subscription watch(SecretRef ref, Runnable changed) {
      super.watch(ref, changed);
      return () -> {};
    }
  }

  static class ClosesOnlyOnce extends Right {
    @Override
    public Subscription watch(SecretRef ref, Runnable changed) {
      Subscription watch = super.watch(ref, changed);
      boolean[] closed = {false};
      return () -> {
        if (closed[0]) {
          throw new IllegalStateException("closed already");
        }
        closed[0] = true;
        watch.close();
      };
    }
  }

  @Test
  void whatKeepsAllOfItIsAccepted() {
    assertRejects(Right.class);
  }

  @Test
  void throttlingThatIsToldAsSomethingElseIsRejected() {
    assertRejects(CallsThrottlingAnOutage.class, "aStoreThatIsThrottledSaysSo");
    assertRejects(AsksForAWaitOfNothing.class, "aStoreThatIsThrottledSaysSo");
  }

  @Test
  void interruptsThatGetLostOrDoHarmAreRejected() {
    assertRejects(SwallowsInterrupts.class, "anInterruptIsKeptAndEndsWithIt");
    assertRejects(IsDeadAfterAnInterrupt.class, "anInterruptIsKeptAndEndsWithIt");
    assertRejects(ThrowsSomethingElseWhenInterrupted.class, "anInterruptIsKeptAndEndsWithIt");
  }

  @Test
  void valuesThatAreTornOrOldAreRejected() {
    assertRejects(Tears.class, "whatIsFetchedWhileItChangesIsWhole");
    assertRejects(KeepsTheFirst.class, "whatIsFetchedWhileItChangesIsWhole");
  }

  @Test
  void descriptionsOfSomethingElseAreRejected() {
    assertRejects(DescribesTheFirstForEver.class, "whatIsDescribedIsTheVersionThatIsFetched");
    assertRejects(CountsDescriptionsByItself.class, "whatIsDescribedIsTheVersionThatIsFetched");
    assertRejects(DescribesWhatIsAbsent.class, "whatIsAbsentIsNotDescribed");
  }

  @Test
  void batchesThatAreNotWhatTheirPartsAreAreRejected() {
    assertRejects(CutsTheBatchOff.class, "manyTogetherComeEachWithItsOwnValue");
    assertRejects(MixesTheBatchUp.class, "manyTogetherComeEachWithItsOwnValue");
    assertRejects(RefusesAnEmptyBatch.class, "nothingTogetherIsNothing");
    assertRejects(
        FailsTheBatchForOne.class, "oneThatIsAbsentSpoilsNoOther", "togetherNoOtherStageIsServed");
    assertRejects(ServesCurrentInABatch.class, "togetherNoOtherStageIsServed");
  }

  @Test
  void watchesThatDoNotKeepTheirWordAreRejected() {
    assertRejects(NeverTells.class, "aChangeIsTold", "aWatchThatIsClosedTellsNothing");
    assertRejects(TellsAfterItWasClosed.class, "aWatchThatIsClosedTellsNothing");
    assertRejects(ClosesOnlyOnce.class, "aWatchThatIsClosedTellsNothing");
  }

  private static void assertRejects(Class<? extends Right> broken, String... clauses) {
    assertEquals(Arrays.asList(clauses), ContractRun.failures(broken), broken::getSimpleName);
  }
}
