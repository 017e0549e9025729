package dev.opskit.backup.s3;

import static dev.opskit.backup.s3.ScriptedS3.answer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import dev.opskit.core.time.ManualTimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/** What a real server does not show on demand; the contract runs against one elsewhere. */
class S3BackupStoreTest {
  private static final BlobKey KEY = new BlobKey("a/b");
  private static final String PATH = "/backups/prod/a/b";
  private static final Blob BLOB = Blob.of("content".getBytes(StandardCharsets.UTF_8));
  private static final String CHECKSUM = "7XACtDnprIRfIjV9giusFERzD722AW0+yUMil7nsn3M=";

  private ScriptedS3 s3;
  private S3Client client;
  private S3BackupStore store;

  @BeforeEach
  void start() throws IOException {
    s3 = new ScriptedS3();
    client = s3.client();
    store = S3BackupStore.of(client, ScriptedS3.BUCKET, "prod");
  }

  @AfterEach
  void stop() {
    client.close();
    s3.close();
  }

  @Test
  void aBlobIsOneConditionalRequestWithItsChecksum() {
    s3.expect(answer("PUT " + PATH, 200));

    assertTrue(store.putIfAbsent(KEY, BLOB));

    ScriptedS3.Request put = s3.requests().get(0);
    assertEquals("*", put.headers().get("If-none-match"));
    assertEquals(CHECKSUM, put.headers().get("X-amz-checksum-sha256"));
    assertEquals("7", put.headers().get("Content-length"));
    assertArrayEquals("content".getBytes(StandardCharsets.UTF_8), put.body());
  }

  @Test
  void tellsTheChecksumThatS3HasKept() {
    s3.expect(
        answer("HEAD " + PATH, 200).with("x-amz-checksum-sha256", CHECKSUM),
        answer("HEAD " + PATH, 200),
        answer("HEAD " + PATH, 200).with("x-amz-checksum-sha256", CHECKSUM + "-2"),
        answer("HEAD " + PATH, 404));

    assertEquals(Optional.of(BLOB.sha256()), store.sha256(KEY));
    assertEquals("ENABLED", s3.requests().get(0).headers().get("X-amz-checksum-mode"));
    assertEquals(Optional.empty(), store.sha256(KEY), "a store that keeps none");
    assertEquals(Optional.empty(), store.sha256(KEY), "an object that was written in parts");
    assertEquals(Optional.empty(), store.sha256(KEY), "no such object");
  }

  @Test
  void aTakenNameWithTheSameChecksumIsStored() {
    s3.expect(
        answer("PUT " + PATH, 412).error("PreconditionFailed"),
        answer("HEAD " + PATH, 200)
            .with("Content-Length", "7")
            .with("x-amz-checksum-sha256", CHECKSUM));

    assertTrue(store.putIfAbsent(KEY, BLOB));
    assertEquals("ENABLED", s3.requests().get(1).headers().get("X-amz-checksum-mode"));
  }

  @Test
  void aTakenNameWithAnotherLengthOrChecksumIsNotStored() {
    s3.expect(
        answer("PUT " + PATH, 412).error("PreconditionFailed"),
        answer("HEAD " + PATH, 200)
            .with("Content-Length", "8")
            .with("x-amz-checksum-sha256", CHECKSUM),
        answer("PUT " + PATH, 412).error("PreconditionFailed"),
        answer("HEAD " + PATH, 200)
            .with("Content-Length", "7")
            .with("x-amz-checksum-sha256", "A" + CHECKSUM.substring(1)));

    assertFalse(store.putIfAbsent(KEY, BLOB));
    assertFalse(store.putIfAbsent(KEY, BLOB));
  }

  @Test
  void whereNoChecksumIsKeptTheContentIsReadAndCompared() {
    s3.expect(
        answer("PUT " + PATH, 412).error("PreconditionFailed"),
        answer("HEAD " + PATH, 200).with("Content-Length", "7"),
        answer("GET " + PATH, 200).body("content".getBytes(StandardCharsets.UTF_8)),
        answer("PUT " + PATH, 412).error("PreconditionFailed"),
        answer("HEAD " + PATH, 200)
            .with("Content-Length", "7")
            .with("x-amz-checksum-sha256", CHECKSUM + "-2"),
        answer("GET " + PATH, 200).body("CONTENT".getBytes(StandardCharsets.UTF_8)));

    assertTrue(store.putIfAbsent(KEY, BLOB));
    assertFalse(store.putIfAbsent(KEY, BLOB));
  }

  @Test
  void aConflictIsTriedAgain() {
    s3.expect(
        answer("PUT " + PATH, 409).error("ConditionalRequestConflict"),
        answer("PUT " + PATH, 409).error("ConditionalRequestConflict"),
        answer("PUT " + PATH, 200));

    assertTrue(store.putIfAbsent(KEY, BLOB));
  }

  @Test
  void anObjectThatWasDeletedMeanwhileIsTriedAgain() {
    s3.expect(
        answer("PUT " + PATH, 412).error("PreconditionFailed"),
        answer("HEAD " + PATH, 404),
        answer("PUT " + PATH, 200));

    assertTrue(store.putIfAbsent(KEY, BLOB));
  }

  @Test
  void conflictsWithoutEndMeanTryLater() {
    s3.expect(
        Collections.nCopies(8, answer("PUT " + PATH, 409).error("ConditionalRequestConflict"))
            .toArray(ScriptedS3.Answer[]::new));

    assertThrows(BackupUnavailableException.class, () -> store.putIfAbsent(KEY, BLOB));
  }

  @Test
  void anAbsentObjectIsEmpty() {
    s3.expect(answer("GET " + PATH, 404).error("NoSuchKey"));

    assertEquals(Optional.empty(), store.open(KEY));
  }

  @Test
  void aPageOfForeignObjectsIsNotTheEnd() {
    s3.expect(
        answer("GET /backups", 200).body(page("next", "prod/", "prod/.hidden", "prod/ä b")),
        answer("GET /backups", 200).body(page("", "prod/a/b", "prod/a//c")));

    assertEquals(List.of(new BlobInfo(KEY, 7)), store.list("", ""));
    assertTrue(s3.requests().get(0).headers().get("query").contains("prefix=prod/"));
    assertTrue(s3.requests().get(1).headers().get("query").contains("continuation-token=next"));
  }

  @Test
  void anObjectIsLockedForItsRetentionIfThatIsWanted() {
    Instant now = Instant.parse("2026-11-24T02:00:00Z");
    S3BackupStore locking =
        S3BackupStore.builder(client, ScriptedS3.BUCKET, "prod")
            .objectLock(ObjectLockMode.COMPLIANCE, Duration.ofDays(30))
            .time(new ManualTimeSource(now))
            .build();
    s3.expect(answer("PUT " + PATH, 200), answer("PUT " + PATH, 200));

    locking.putIfAbsent(KEY, BLOB);
    store.putIfAbsent(KEY, BLOB);

    var locked = s3.requests().get(0).headers();
    assertEquals("COMPLIANCE", locked.get("X-amz-object-lock-mode"));
    assertEquals("2026-12-24T02:00:00Z", locked.get("X-amz-object-lock-retain-until-date"));
    assertFalse(s3.requests().get(1).headers().containsKey("X-amz-object-lock-mode"));
  }

  @Test
  void aBadRetentionIsNamed() {
    for (Duration retention :
        List.of(Duration.ZERO, Duration.ofHours(23), Duration.ofDays(36_501))) {
      var bad =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  S3BackupStore.builder(client, "b", "")
                      .objectLock(ObjectLockMode.GOVERNANCE, retention)
                      .build());
      assertTrue(bad.getMessage().startsWith("objectLock: retention is " + retention));
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            S3BackupStore.builder(client, "b", "")
                .objectLock(ObjectLockMode.UNKNOWN_TO_SDK_VERSION, Duration.ofDays(2))
                .build());
  }

  @Test
  void aBadBucketOrPrefixIsRejectedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> S3BackupStore.of(client, " ", "prod"));
    assertThrows(IllegalArgumentException.class, () -> S3BackupStore.of(client, "b", "prod/"));
    assertThrows(IllegalArgumentException.class, () -> S3BackupStore.of(client, "b", "/prod"));
    assertThrows(
        IllegalArgumentException.class, () -> S3BackupStore.of(client, "b", "p".repeat(512)));
    S3BackupStore.of(client, "b", "p".repeat(511));
    S3BackupStore.of(client, "b", "");
  }

  private static byte[] page(String next, String... keys) {
    StringBuilder xml = new StringBuilder("<ListBucketResult>");
    xml.append("<IsTruncated>").append(!next.isEmpty()).append("</IsTruncated>");
    xml.append("<NextContinuationToken>").append(next).append("</NextContinuationToken>");
    for (String key : keys) {
      xml.append("<Contents><Key>").append(key).append("</Key><Size>7</Size></Contents>");
    }
    return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
  }
}
