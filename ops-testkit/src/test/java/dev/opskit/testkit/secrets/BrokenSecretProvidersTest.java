package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretValue;
import dev.opskit.testkit.ContractRun;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each breaks one clause, and falls by the test of that clause alone. */
@Tag("once")
class BrokenSecretProvidersTest {

  /** Right but for what a subclass breaks. */
  abstract static class Almost implements SecretProviderContract, SecretProvider {
    final InMemorySecretProvider right = new InMemorySecretProvider();

    @Override
    public SecretProvider provider() {
      return this;
    }

    @Override
    public void put(String id, byte[] value) {
      right.put(SecretRef.of(id), value);
    }

    @Override
    public void remove(String id) {
      right.remove(id);
    }

    SecretValue changed(SecretRef ref, UnaryOperator<byte[]> change) {
      SecretValue value = right.fetch(ref);
      return SecretValue.take(
          ref, value.version(), change.apply(value.withBytes(byte[]::clone)).clone());
    }

    static byte[] recoded(byte[] bytes, Charset charset) {
      return new String(bytes, charset).getBytes(charset);
    }
  }

  static class TakesAllForText extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      return changed(ref, bytes -> recoded(bytes, StandardCharsets.UTF_8));
    }
  }

  static class TakesAllForAscii extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      return changed(ref, bytes -> recoded(bytes, StandardCharsets.US_ASCII));
    }
  }

  static class Strips extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      return changed(
          ref,
          bytes -> {
            String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
            return latin1.endsWith(" ")
                ? latin1.strip().getBytes(StandardCharsets.ISO_8859_1)
                : bytes;
          });
    }
  }

  static class CutsOff extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      return changed(ref, bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 65_535)));
    }
  }

  static class CountsFetchesAsVersions extends Almost {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public SecretValue fetch(SecretRef ref) {
      byte[] bytes = right.fetch(ref).withBytes(byte[]::clone);
      return SecretValue.take(ref, "v" + count.incrementAndGet(), bytes);
    }
  }

  static class KnowsOneVersion extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      return SecretValue.take(ref, "1", right.fetch(ref).withBytes(byte[]::clone));
    }
  }

  static class MakesTheValueTheVersion extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      byte[] bytes = right.fetch(ref).withBytes(byte[]::clone);
      return SecretValue.take(ref, new String(bytes, StandardCharsets.ISO_8859_1), bytes);
    }
  }

  static class WaitsForWhatIsAbsent extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      try {
        return right.fetch(ref);
      } catch (SecretException.NotFound e) {
        throw new SecretException.Unavailable(ref, "try later");
      }
    }
  }

  static class ServesWhatWasRemoved extends Almost {
    private final Map<SecretRef, byte[]> known = new ConcurrentHashMap<>();

    @Override
    public SecretValue fetch(SecretRef ref) {
      try {
        SecretValue value = right.fetch(ref);
        known.put(ref, value.withBytes(byte[]::clone));
        return value;
      } catch (SecretException.NotFound e) {
        if (!known.containsKey(ref)) {
          throw e;
        }
        return SecretValue.take(ref, "1", known.get(ref).clone());
      }
    }
  }

  static class IgnoresTheStage extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      return right.fetch(SecretRef.of(ref.id()));
    }
  }

  static class RejectsStrangeIds extends Almost {
    @Override
    public SecretValue fetch(SecretRef ref) {
      if (!ref.id().matches("[a-z0-9-]{1,100}")) {
        throw new IllegalArgumentException("not an id");
      }
      return right.fetch(ref);
    }
  }

  static class SharesOneInstance extends Almost {
    private final Map<String, SecretValue> shared = new ConcurrentHashMap<>();

    @Override
    public SecretValue fetch(SecretRef ref) {
      if (!ref.id().equals("contract-own")) {
        return right.fetch(ref);
      }
      return shared.computeIfAbsent(ref.id(), id -> right.fetch(ref));
    }
  }

  static class ReadsIntoOneBuffer extends Almost {
    private final byte[] buffer = new byte[SecretValue.MAX_BYTES];

    @Override
    public SecretValue fetch(SecretRef ref) {
      if (!ref.id().startsWith("contract-many-")) {
        return right.fetch(ref);
      }
      return changed(
          ref,
          bytes -> {
            for (int i = 0; i < bytes.length; i++) {
              buffer[i] = bytes[i];
              Thread.yield();
            }
            return Arrays.copyOf(buffer, bytes.length);
          });
    }
  }

  static class QuotesTheValue extends Almost {
    private final Map<String, String> known = new ConcurrentHashMap<>();

    @Override
    public SecretValue fetch(SecretRef ref) {
      try {
        SecretValue value = right.fetch(ref);
        known.put(
            ref.id(), value.withBytes(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)));
        return value;
      } catch (SecretException.NotFound e) {
        throw new SecretException.NotFound(ref, "it was " + known.get(ref.id()) + " before");
      }
    }
  }

  @Test
  void valuesThatAreChangedAreRejected() {
    assertRejects(TakesAllForText.class, "bytesComeBackAsTheyWerePut");
    assertRejects(TakesAllForAscii.class, "bytesComeBackAsTheyWerePut", "textComesBackAsItWasPut");
    assertRejects(Strips.class, "textComesBackAsItWasPut");
    assertRejects(CutsOff.class, "aValueOf64KiBComesBackWhole");
  }

  @Test
  void versionsThatSayNothingOrTooMuchAreRejected() {
    assertRejects(CountsFetchesAsVersions.class, "theVersionStaysWhileTheValueDoes");
    assertRejects(KnowsOneVersion.class, "theVersionChangesWithTheValue");
    assertRejects(MakesTheValueTheVersion.class, "theVersionDoesNotShowTheValue");
  }

  @Test
  void wrongAnswersForWhatIsAbsentAreRejected() {
    assertRejects(
        WaitsForWhatIsAbsent.class,
        "aStageThatDoesNotExistIsNotFound",
        "aStrangeIdIsNotFound",
        "oneThatIsAbsentSpoilsNoOther",
        "togetherNoOtherStageIsServed",
        "whatWasNeverPutIsNotFound",
        "whatWasRemovedIsNotFound");
    assertRejects(ServesWhatWasRemoved.class, "noFailureShowsAValue", "whatWasRemovedIsNotFound");
    assertRejects(
        IgnoresTheStage.class,
        "aStageThatDoesNotExistIsNotFound",
        "noFailureShowsAValue",
        "togetherNoOtherStageIsServed");
    assertRejects(RejectsStrangeIds.class, "aStrangeIdIsNotFound");
  }

  @Test
  void valuesThatAreSharedAreRejected() {
    assertRejects(SharesOneInstance.class, "eachFetchGivesAValueOfItsOwn");
    assertRejects(ReadsIntoOneBuffer.class, "concurrentFetchesGiveEachItsOwn");
  }

  @Test
  void failuresThatQuoteTheValueAreRejected() {
    assertRejects(QuotesTheValue.class, "noFailureShowsAValue");
  }

  private static void assertRejects(
      Class<? extends SecretProviderContract> broken, String... clauses) {
    assertEquals(List.of(clauses), ContractRun.failures(broken), broken::getSimpleName);
  }
}
