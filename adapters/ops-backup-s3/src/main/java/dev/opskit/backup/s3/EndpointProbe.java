package dev.opskit.backup.s3;

import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tries things out with two small objects, and removes them if it may. */
final class EndpointProbe {
  private static final Blob FIRST = blob("first");
  private static final Blob SECOND = blob("other");

  private final S3Client client;
  private final S3Requests requests;
  private final BlobKey key = new BlobKey("probe/" + UUID.randomUUID());
  private final BlobKey damaged = new BlobKey(key + "-damaged");

  EndpointProbe(S3Client client, S3Requests requests) {
    this.client = client;
    this.requests = requests;
  }

  S3Capabilities run() {
    put(requests.put(key, FIRST), FIRST);
    boolean refusesSecond = refuses(requests.put(key, SECOND), SECOND);
    ObjectContent content = new ObjectContent(client, requests, key);
    boolean keepsFirst = content.equalTo(FIRST).orElse(false);
    boolean tellsChecksums = content.sha256().filter(FIRST.sha256()::equals).isPresent();
    boolean refusesDamage = refuses(requests.put(damaged, FIRST), SECOND);
    return new S3Capabilities(
        refusesSecond && keepsFirst, refusesDamage, tellsChecksums, deletes());
  }

  private boolean deletes() {
    try {
      client.deleteObject(requests.delete(key));
      client.deleteObject(requests.delete(damaged));
      return true;
    } catch (S3Exception e) {
      if (S3Failures.isForbidden(e)) {
        return false;
      }
      throw e;
    }
  }

  private boolean refuses(PutObjectRequest request, Blob content) {
    try {
      put(request, content);
      return false;
    } catch (S3Exception e) {
      if (S3Failures.isTaken(e) || S3Failures.isBadRequest(e)) {
        return true;
      }
      throw e;
    }
  }

  private void put(PutObjectRequest request, Blob content) {
    client.putObject(
        request,
        RequestBody.fromContentProvider(
            () -> new BlobStream(content), content.sizeBytes(), S3Requests.CONTENT_TYPE));
  }

  /** All of one length. */
  private static Blob blob(String word) {
    return Blob.of(word.getBytes(StandardCharsets.US_ASCII));
  }
}
