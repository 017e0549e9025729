package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.opskit.backup.BackupStore;
import dev.opskit.testkit.ContractRun;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract finds each fault, and by the tests that are about it. */
@Tag("once")
class BackupStoreContractTest {
  private static @Nullable Supplier<BackupStore> subject;

  static final class OfTheSubject implements BackupStoreContract {
    @Override
    public BackupStore emptyStore() {
      return Objects.requireNonNull(subject).get();
    }
  }

  static final class OfAnotherThatRemembers implements BackupStoreContract {
    @Override
    public BackupStore emptyStore() {
      return new InMemoryBackupStore();
    }

    @Override
    public BackupStore another(BackupStore store) {
      return new BrokenListings.Remembers(store);
    }
  }

  @ParameterizedTest
  @MethodSource("brokenStores")
  void rejects(String fault, Supplier<BackupStore> broken, String[] byTests) {
    subject = broken;
    ContractRun.assertRejects(OfTheSubject.class, byTests);
  }

  @Test
  void rejectsAnotherObjectThatRemembersItsFirstAnswers() {
    assertEquals(
        List.of("whatWasPutIsSeenByOthersAtOnce"),
        ContractRun.failures(OfAnotherThatRemembers.class));
  }

  @Test
  void acceptsStoresWithoutFault() {
    subject = InMemoryBackupStore::new;
    assertEquals(List.of(), ContractRun.failures(OfTheSubject.class));
    subject = BrokenChecksums.Good::new;
    assertEquals(List.of(), ContractRun.failures(OfTheSubject.class));
  }

  static Stream<Arguments> brokenStores() {
    return Stream.of(
        broken(
            BrokenPuts.Overwrites::new,
            "aTakenNameKeepsItsContent",
            "ofEightWritersAtOnceOneWinsAndEachIsToldTheTruth"),
        broken(
            BrokenPuts.OverwritesButSaysSo::new,
            "aTakenNameKeepsItsContent",
            "ofEightWritersAtOnceOneWinsAndEachIsToldTheTruth"),
        broken(
            BrokenPuts.ComparesLengthsOnly::new,
            "aTakenNameKeepsItsContent",
            "ofEightWritersAtOnceOneWinsAndEachIsToldTheTruth"),
        broken(
            BrokenPuts.NeverTrueTwice::new,
            "eightWritersOfTheSameContentHaveAllStoredIt",
            "theSameContentAgainIsTrueAgain"),
        broken(BrokenPuts.LooksThenWrites::new, "ofEightWritersAtOnceOneWinsAndEachIsToldTheTruth"),
        broken(BrokenPuts.CutsOffAfterAMebibyte::new, "bytesComeBackAsTheyWere"),
        broken(
            BrokenPuts.PadsToAMultipleOfSixteen::new,
            "bytesComeBackAsTheyWere",
            "onlyTheBeginningOfAnArrayIsStoredWhenOnlyThatIsTheBlob"),
        broken(BrokenPuts.HasNoEmptyBlobs::new, "bytesComeBackAsTheyWere"),
        broken(BrokenPuts.FindsWhatIsAbsent::new, "whatIsAbsentIsEmpty"),
        broken(
            BrokenPuts.CannotDeleteTwice::new,
            "deletingRemovesTheBlobAndNothingElseAndMayBeRepeated"),
        broken(
            BrokenPuts.DeletesByPrefix::new,
            "deletingRemovesTheBlobAndNothingElseAndMayBeRepeated"),
        broken(
            BrokenPuts.NeverFreesAName::new,
            "deletingRemovesTheBlobAndNothingElseAndMayBeRepeated"),
        broken(
            BrokenListings.IgnoresCase::new, "blobsAreListedInTheOrderOfTheirBytesWithTheirSizes"),
        broken(
            BrokenListings.ListsBackwards::new,
            "blobsAreListedInTheOrderOfTheirBytesWithTheirSizes"),
        broken(
            BrokenListings.KnowsNoSizes::new, "blobsAreListedInTheOrderOfTheirBytesWithTheirSizes"),
        broken(
            BrokenListings.TakesAPrefixForAFolder::new,
            "aPrefixIsAnyBeginningOfANameAndNotOnlyWholeSegments"),
        broken(
            BrokenListings.IgnoresThePrefix::new,
            "aPrefixIsAnyBeginningOfANameAndNotOnlyWholeSegments"),
        broken(
            BrokenListings.BeginsWithTheNameItIsGiven::new, "aListingBeginsBehindTheNameItIsGiven"),
        broken(
            BrokenListings.BeginsBehindWhatIsThereOnly::new,
            "aListingBeginsBehindTheNameItIsGiven"),
        broken(BrokenListings.HasNoSecondPage::new, "moreThanAPageIsListedPageByPage"),
        broken(BrokenListings.HasNoPages::new, "moreThanAPageIsListedPageByPage"),
        broken(BrokenListings.CannotListNothing::new, "anEmptyStoreListsNothing"),
        broken(BrokenChecksums.KnowsWhatIsGone::new, "aChecksumThatItKnowsIsThatOfTheContent"),
        broken(
            BrokenChecksums.BelievesWhatItDidNotStore::new,
            "aChecksumThatItKnowsIsThatOfTheContent"),
        broken(BrokenChecksums.WritesInCapitals::new, "aChecksumThatItKnowsIsThatOfTheContent"));
  }

  private static Arguments broken(Supplier<BackupStore> store, String... byTests) {
    return arguments(store.get().getClass().getSimpleName(), store, byTests);
  }
}
