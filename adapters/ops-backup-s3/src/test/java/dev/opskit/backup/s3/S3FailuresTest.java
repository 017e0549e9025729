package dev.opskit.backup.s3;

import static dev.opskit.backup.s3.ScriptedS3.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

class S3FailuresTest {
  private static final BlobKey KEY = new BlobKey("a");
  private static final Blob BLOB = Blob.of(new byte[3]);

  /** Each of the store's calls and the request that it makes. */
  private record Call(String line, Consumer<S3BackupStore> run) {}

  private static final List<Call> CALLS =
      List.of(
          new Call("PUT /backups/a", store -> store.putIfAbsent(KEY, BLOB)),
          new Call("GET /backups/a", store -> store.open(KEY)),
          new Call("GET /backups", store -> store.list("", "")),
          new Call("DELETE /backups/a", store -> store.delete(KEY)));

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequest",
    "403, AccessDenied",
    "403, InvalidAccessKeyId",
    "404, NoSuchBucket",
    "405, MethodNotAllowed",
    "301, PermanentRedirect",
    "501, NotImplemented"
  })
  void whatCannotSucceedIsRefused(int status, String code) throws IOException {
    for (Call call : CALLS) {
      BackupException failure = failure(call, status, code);
      assertInstanceOf(BackupRefusedException.class, failure, call.line());
      assertTrue(failure.getMessage().contains("failed: a message"), failure.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, RequestTimeout",
    "400, BadDigest",
    "400, ExpiredToken",
    "409, OperationAborted",
    "429, TooManyRequests",
    "500, InternalError",
    "503, SlowDown"
  })
  void whatMaySucceedLaterIsUnavailable(int status, String code) throws IOException {
    for (Call call : CALLS) {
      assertInstanceOf(BackupUnavailableException.class, failure(call, status, code), call.line());
    }
  }

  @Test
  void nobodyAnsweringIsUnavailable() {
    try (S3Client nobody = ScriptedS3.client("http://127.0.0.1:1")) {
      S3BackupStore store = S3BackupStore.of(nobody, ScriptedS3.BUCKET, "");
      for (Call call : CALLS) {
        assertThrows(BackupUnavailableException.class, () -> call.run().accept(store), call.line());
      }
    }
  }

  @Test
  void anInterruptedThreadStaysInterrupted() {
    try (S3Client nobody = ScriptedS3.client("http://127.0.0.1:1")) {
      S3BackupStore store = S3BackupStore.of(nobody, ScriptedS3.BUCKET, "");
      Thread.currentThread().interrupt();
      assertThrows(BackupUnavailableException.class, () -> store.putIfAbsent(KEY, BLOB));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void anInterruptEndsReadingAndStays() throws IOException {
    try (ScriptedS3 s3 = new ScriptedS3();
        S3Client client = s3.client()) {
      s3.expect(answer("GET /backups/a", 200).body(new byte[100]));
      S3BackupStore store = S3BackupStore.of(client, ScriptedS3.BUCKET, "");
      try (InputStream in = store.open(KEY).orElseThrow()) {
        assertEquals(0, in.read());
        Thread.currentThread().interrupt();
        assertThrows(IOException.class, in::readAllBytes);
        assertTrue(Thread.interrupted());
      }
    }
  }

  private static BackupException failure(Call call, int status, String code) throws IOException {
    try (ScriptedS3 s3 = new ScriptedS3();
        S3Client client = s3.client()) {
      s3.expect(answer(call.line(), status).error(code));
      S3BackupStore store = S3BackupStore.of(client, ScriptedS3.BUCKET, "");
      return assertThrows(BackupException.class, () -> call.run().accept(store), call.line());
    }
  }
}
