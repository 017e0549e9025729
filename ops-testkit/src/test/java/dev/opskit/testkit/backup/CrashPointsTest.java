package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import dev.opskit.testkit.backup.CrashPoints.Point;
import dev.opskit.testkit.backup.FaultyStore.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class CrashPointsTest {
  private static final Blob BLOB = Blob.of(new byte[3]);

  private final CrashPoints points = CrashPoints.over(InMemoryBackupStore::new);

  @Test
  void stopsThreeTimesInEachOperationAndLooksEachTime() {
    List<String> seen = new ArrayList<>();
    long count =
        points
            .prepared(store -> put(store, "before"))
            .run(
                store -> {
                  put(store, "one");
                  put(store, "two");
                },
                (store, point) ->
                    seen.add(
                        point.operation() + " " + point.fault() + " " + store.list("", "").size()));

    assertEquals(6, count);
    assertEquals(
        List.of("1 BEFORE 1", "1 DURING 1", "1 AFTER 2", "2 BEFORE 2", "2 DURING 2", "2 AFTER 3"),
        seen);
  }

  @Test
  void aCheckThatFailsNamesThePoint() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                points.run(
                    store -> {
                      put(store, "manifest");
                      put(store, "chunk");
                    },
                    CrashPointsTest::noManifestWithoutItsChunk));

    assertTrue(error.getMessage().contains("operation=1, fault=AFTER"), error.getMessage());
  }

  @Test
  void workThatHidesThatItWasStoppedIsSeen() {
    List<Point> successes = new ArrayList<>();
    points.run(
        store -> {
          try {
            put(store, "one");
          } catch (RuntimeException e) {
            // Swallowed.
          }
        },
        (store, point) -> {
          if (point.failure().isEmpty()) {
            successes.add(point);
          }
        });
    assertEquals(
        List.of(Fault.BEFORE, Fault.DURING, Fault.AFTER),
        successes.stream().map(Point::fault).toList());
  }

  @Test
  void workThatFailsByItselfIsNotStopped() {
    assertThrows(
        AssertionError.class,
        () ->
            points.run(
                store -> {
                  throw new IllegalStateException("by itself");
                },
                (store, point) -> {}));
  }

  private static void noManifestWithoutItsChunk(BackupStore store, Point point) {
    assertTrue(
        store.open(new BlobKey("manifest")).isEmpty()
            || store.open(new BlobKey("chunk")).isPresent());
  }

  private static void put(BackupStore store, String key) {
    assertTrue(store.putIfAbsent(new BlobKey(key), BLOB));
  }
}
