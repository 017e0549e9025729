package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.opskit.backup.KeyProvider;
import dev.opskit.testkit.ContractRun;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds each fault, and by the tests that are about it. */
@Tag("once")
class KeyProviderContractTest {
  private static @Nullable Maker subject;

  private interface Maker {
    KeyProvider make(List<String> ids, long secret);
  }

  static final class OfTheSubject implements KeyProviderContract {
    @Override
    public KeyProvider provider() {
      return Objects.requireNonNull(subject).make(List.of("old"), 1);
    }

    @Override
    public KeyProvider rotated(KeyProvider provider) {
      return Objects.requireNonNull(subject).make(List.of("old", "new"), 1);
    }

    @Override
    public KeyProvider withOtherKeys(KeyProvider provider) {
      return Objects.requireNonNull(subject).make(List.of("old"), 2);
    }
  }

  @ParameterizedTest
  @MethodSource("brokenProviders")
  void rejects(String fault, Maker broken, String[] byTests) {
    subject = broken;
    ContractRun.assertRejects(OfTheSubject.class, byTests);
  }

  @Test
  void acceptsAProviderWithoutFault() {
    subject = XorKeys::new;
    assertEquals(List.of(), ContractRun.failures(OfTheSubject.class));
  }

  static Stream<Arguments> brokenProviders() {
    return Stream.of(
        broken(
            BrokenKeys.WrapsInTheOpen::new,
            "whatIsWrappedDoesNotShowTheDataKey",
            "anotherKeyUnderTheSameIdIsRefusedByItsName"),
        broken(BrokenKeys.WrapsAlwaysTheSame::new, "theSameDataKeyIsNeverWrappedTheSameWayTwice"),
        broken(BrokenKeys.NoticesNoChange::new, "anyChangeOfWhatIsWrappedIsNoticed"),
        broken(BrokenKeys.WipesWhatItIsGiven::new, "theArraysBelongToTheService"),
        broken(BrokenKeys.GivesTheSameArrayTwice::new, "theArraysBelongToTheService"),
        broken(BrokenKeys.RefusesTheKeysOfOthers::new, "aKeyThatIsNotItsOwnIsLeftToOthers"),
        broken(BrokenKeys.NamesNoKey::new, "anotherKeyUnderTheSameIdIsRefusedByItsName"),
        broken(
            BrokenKeys.ForgetsTheOldKey::new,
            "afterARotationTheNewKeyWrapsAndTheOldOneStillUnwraps"),
        broken(
            BrokenKeys.TakesAWrongKeyForAnothers::new,
            "anyChangeOfWhatIsWrappedIsNoticed",
            "anotherKeyUnderTheSameIdIsRefusedByItsName"));
  }

  private static Arguments broken(Maker maker, String... byTests) {
    String name = maker.make(List.of("old"), 1).getClass().getSimpleName();
    return arguments(name, maker, byTests);
  }
}
