package dev.opskit.backup.s3;

import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What is already there under a name. */
record ObjectContent(S3Client client, S3Requests requests, BlobKey key) {

  /** Empty if there is nothing any more. */
  Optional<Boolean> equalTo(Blob blob) {
    try {
      HeadObjectResponse head = client.headObject(requests.head(key));
      if (head.contentLength() != blob.sizeBytes()) {
        return Optional.of(false);
      }
      return Optional.of(
          checksum(head).map(S3Requests.base64(blob)::equals).orElseGet(() -> holds(blob)));
    } catch (NoSuchKeyException deleted) {
      return Optional.empty();
    }
  }

  /** In hexadecimal; empty if there is no such object or its checksum is not kept. */
  Optional<String> sha256() {
    try {
      return checksum(client.headObject(requests.head(key)))
          .map(base64 -> HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
    } catch (NoSuchKeyException absent) {
      return Optional.empty();
    }
  }

  private static Optional<String> checksum(HeadObjectResponse head) {
    // Not every store keeps it, and of an object that was written in parts it is another one.
    return Optional.ofNullable(head.checksumSHA256()).filter(checksum -> !checksum.contains("-"));
  }

  private boolean holds(Blob blob) {
    String what = "comparing " + key;
    try (InputStream in = new ObjectStream(what, client.getObject(requests.get(key)))) {
      // One more than expected, should it have been replaced since.
      byte[] bytes = in.readNBytes((int) blob.sizeBytes() + 1);
      return Blob.of(bytes).sha256().equals(blob.sha256());
    } catch (IOException e) {
      throw new BackupUnavailableException(what + " failed: " + e.getMessage(), e);
    }
  }
}
