package dev.opskit.backup.s3;

import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Pages of objects whose names are those of blobs. Others may lie in the bucket as well. */
record ObjectListing(S3Client client, S3Requests requests) {

  List<BlobInfo> page(String prefix, String startAfter) {
    ListObjectsV2Request request = requests.list(prefix, startAfter);
    while (true) {
      ListObjectsV2Response response = client.listObjectsV2(request);
      List<BlobInfo> blobs =
          response.contents().stream().flatMap(object -> blob(object).stream()).toList();
      // An empty page would mean the end.
      if (!blobs.isEmpty() || !response.isTruncated()) {
        return blobs;
      }
      request = request.toBuilder().continuationToken(response.nextContinuationToken()).build();
    }
  }

  private Optional<BlobInfo> blob(S3Object object) {
    try {
      BlobKey key = new BlobKey(object.key().substring(requests.folder().length()));
      return Optional.of(new BlobInfo(key, object.size()));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
