package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import dev.opskit.backup.ChecksummedStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BackupStore} has to keep, as tests: implement it in a test class. It stores
 * about two thousand blobs, the largest of five MiB.
 *
 * <p>It cannot see that a blob survives a power failure, nor that a writer who is killed leaves
 * nothing behind: test that beside it.
 */
public interface BackupStoreContract {

  /**
   * The subject. Called once in each test.
   *
   * @return a store over a place in which nothing is, not even what other tests have put; whoever
   *     made it closes what it needs
   * @throws Exception if it cannot be made, which fails the test
   */
  BackupStore emptyStore() throws Exception;

  /**
   * Another object over the same place, as another process would have it.
   *
   * @param store what {@link #emptyStore()} returned
   * @return by default the same object; implement it wherever there can be another
   * @throws Exception if it cannot be made, which fails the test
   */
  default BackupStore another(BackupStore store) throws Exception {
    return store;
  }

  @Test
  default void bytesComeBackAsTheyWere() throws Exception {
    BackupStore store = emptyStore();
    for (int size : new int[] {0, 1, 1 << 16, 5 << 20}) {
      BlobKey key = new BlobKey("sizes/" + size);
      byte[] bytes = Bytes.random(size, size);
      assertTrue(store.putIfAbsent(key, Blob.of(bytes)), () -> "a free name: " + key);
      assertArrayEquals(bytes, Bytes.of(store, key), () -> "content of " + key);
    }
  }

  @Test
  default void onlyTheBeginningOfAnArrayIsStoredWhenOnlyThatIsTheBlob() throws Exception {
    BackupStore store = emptyStore();
    BlobKey key = new BlobKey("beginning");
    store.putIfAbsent(key, Blob.of(Bytes.random(1, 1000), 10));
    assertEquals(10, Bytes.of(store, key).length);
  }

  @Test
  default void aTakenNameKeepsItsContent() throws Exception {
    BackupStore store = emptyStore();
    BlobKey key = new BlobKey("taken");
    byte[] first = Bytes.random(1, 100);
    assertTrue(store.putIfAbsent(key, Blob.of(first)));

    assertFalse(store.putIfAbsent(key, Blob.of(Bytes.random(2, 100))), "other bytes, same length");
    assertFalse(store.putIfAbsent(key, Blob.of(Bytes.random(2, 7))), "another length");
    assertFalse(store.putIfAbsent(key, Blob.of(new byte[0])), "nothing");

    assertArrayEquals(first, Bytes.of(store, key));
  }

  @Test
  default void theSameContentAgainIsTrueAgain() throws Exception {
    BackupStore store = emptyStore();
    BlobKey key = new BlobKey("again");
    byte[] bytes = Bytes.random(1, 100);
    assertTrue(store.putIfAbsent(key, Blob.of(bytes)));
    assertTrue(store.putIfAbsent(key, Blob.of(bytes.clone())));
    assertTrue(another(store).putIfAbsent(key, Blob.of(bytes)));
    assertArrayEquals(bytes, Bytes.of(store, key));
  }

  @Test
  default void ofEightWritersAtOnceOneWinsAndEachIsToldTheTruth() throws Exception {
    BackupStore store = emptyStore();
    BackupStore other = another(store);
    for (int round = 0; round < 10; round++) {
      BlobKey key = new BlobKey("race/" + round);
      List<Boolean> stored =
          Race.of(
              8,
              writer ->
                  (writer % 2 == 0 ? store : other)
                      .putIfAbsent(key, Blob.of(Bytes.random(writer, 50_000))));
      assertEquals(1, Collections.frequency(stored, true), () -> "answers of true: " + stored);
      assertArrayEquals(Bytes.random(stored.indexOf(true), 50_000), Bytes.of(store, key));
    }
  }

  @Test
  default void eightWritersOfTheSameContentHaveAllStoredIt() throws Exception {
    BackupStore store = emptyStore();
    for (int round = 0; round < 10; round++) {
      BlobKey key = new BlobKey("together/" + round);
      byte[] bytes = Bytes.random(round, 50_000);
      List<Boolean> stored = Race.of(8, writer -> store.putIfAbsent(key, Blob.of(bytes)));
      assertEquals(Collections.nCopies(8, true), stored);
      assertArrayEquals(bytes, Bytes.of(store, key));
    }
  }

  @Test
  default void whatIsAbsentIsEmpty() throws Exception {
    BackupStore store = emptyStore();
    store.putIfAbsent(new BlobKey("folder/blob"), Blob.of(new byte[1]));

    assertEquals(Optional.empty(), store.open(new BlobKey("absent")));
    assertEquals(Optional.empty(), store.open(new BlobKey("absent/too")));
    assertEquals(Optional.empty(), store.open(new BlobKey("folder/blo")));
    assertEquals(List.of(), store.list("absent", ""));
    assertEquals(List.of(), store.list("folder/blob", "folder/blob"));
  }

  @Test
  default void anEmptyStoreListsNothing() throws Exception {
    assertEquals(List.of(), emptyStore().list("", ""));
  }

  @Test
  default void blobsAreListedInTheOrderOfTheirBytesWithTheirSizes() throws Exception {
    BackupStore store = emptyStore();
    List<String> names = List.of("a-b", "a.b", "a/b", "a0b", "aB", "a_b", "ab");
    for (int i = names.size() - 1; i >= 0; i--) {
      store.putIfAbsent(new BlobKey(names.get(i)), Blob.of(new byte[i]));
    }
    List<BlobInfo> expected =
        names.stream().map(n -> new BlobInfo(new BlobKey(n), names.indexOf(n))).toList();
    assertEquals(expected, store.list("", ""));
  }

  @Test
  default void aPrefixIsAnyBeginningOfANameAndNotOnlyWholeSegments() throws Exception {
    BackupStore store = storeOf("a-b", "a.b", "a/b", "ab", "b/a/b", "b/ab");

    assertEquals(List.of("a-b", "a.b", "a/b", "ab"), Bytes.names(store.list("a", "")));
    assertEquals(List.of("a/b"), Bytes.names(store.list("a/", "")));
    assertEquals(List.of("a.b"), Bytes.names(store.list("a.", "")));
    assertEquals(List.of("b/a/b", "b/ab"), Bytes.names(store.list("b/a", "")));
    assertEquals(List.of("b/ab"), Bytes.names(store.list("b/ab", "")));
    assertEquals(List.of(), store.list("A", ""));
    assertEquals(List.of(), store.list("../", ""));
  }

  @Test
  default void aListingBeginsBehindTheNameItIsGiven() throws Exception {
    BackupStore store = storeOf("a/1", "a/2", "a/3", "b/1");

    assertEquals(List.of("a/3"), Bytes.names(store.list("a/", "a/2")));
    assertEquals(List.of("a/3"), Bytes.names(store.list("a/", "a/2x")), "a name that is not there");
    assertEquals(List.of("b/1"), Bytes.names(store.list("b/", "a/2")), "a name before the prefix");
    assertEquals(List.of(), store.list("a/", "b"), "a name behind the prefix");
    assertEquals(List.of("a/2", "a/3", "b/1"), Bytes.names(store.list("", "a/1")));
  }

  @Test
  default void moreThanAPageIsListedPageByPage() throws Exception {
    int count = BackupStore.PAGE + 5;
    List<String> names =
        Stream.iterate(0, i -> i + 1).limit(count).map("p/%05d"::formatted).toList();
    BackupStore store = storeOf(names.toArray(String[]::new));

    List<String> listed = new ArrayList<>();
    List<BlobInfo> page = store.list("p/", "");
    while (!page.isEmpty() && listed.size() <= count) {
      assertTrue(page.size() <= BackupStore.PAGE, "a page of " + page.size());
      listed.addAll(Bytes.names(page));
      page = store.list("p/", listed.get(listed.size() - 1));
    }
    assertEquals(names, listed);
  }

  @Test
  default void deletingRemovesTheBlobAndNothingElseAndMayBeRepeated() throws Exception {
    BackupStore store = storeOf("d/a", "d/ab", "d/b");
    BlobKey key = new BlobKey("d/a");
    store.delete(key);
    store.delete(key);
    store.delete(new BlobKey("never/there"));

    assertEquals(Optional.empty(), another(store).open(key));
    assertEquals(List.of("d/ab", "d/b"), Bytes.names(store.list("", "")));
    assertTrue(store.putIfAbsent(key, Blob.of(Bytes.random(9, 9))), "the name is free again");
    assertArrayEquals(Bytes.random(9, 9), Bytes.of(store, key));
  }

  @Test
  default void whatWasPutIsSeenByOthersAtOnce() throws Exception {
    BackupStore store = emptyStore();
    BackupStore other = another(store);
    for (int i = 0; i < 20; i++) {
      BlobKey key = new BlobKey("seen/%02d".formatted(i));
      store.putIfAbsent(key, Blob.of(Bytes.random(i, 10)));
      assertArrayEquals(Bytes.random(i, 10), Bytes.of(other, key));
      assertEquals(i + 1, other.list("seen/", "").size());
    }
  }

  /** Of a store that is a {@link ChecksummedStore}, too; it need not know every checksum. */
  @Test
  default void aChecksumThatItKnowsIsThatOfTheContent() throws Exception {
    BackupStore store = emptyStore();
    if (store instanceof ChecksummedStore checksums) {
      BlobKey key = new BlobKey("checksums/blob");
      assertEquals(Optional.empty(), checksums.sha256(key), "of what is absent");
      for (int size : new int[] {0, 1_000}) {
        Blob blob = Blob.of(Bytes.random(size, size));
        store.putIfAbsent(key, blob);
        store.putIfAbsent(key, Blob.of(Bytes.random(1, 10)));
        checksums.sha256(key).ifPresent(known -> assertEquals(blob.sha256(), known));
        store.delete(key);
        assertEquals(Optional.empty(), checksums.sha256(key), "of what was deleted");
      }
    }
  }

  private BackupStore storeOf(String... names) throws Exception {
    BackupStore store = emptyStore();
    for (String name : names) {
      assertTrue(
          store.putIfAbsent(new BlobKey(name), Blob.of(name.getBytes(StandardCharsets.US_ASCII))),
          name);
    }
    return store;
  }
}
