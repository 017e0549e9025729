package dev.opskit.backup.s3;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What is asked of S3, with the names as they are there.
 *
 * @param lock null if objects are not locked
 */
record S3Requests(String bucket, String folder, @Nullable ObjectLock lock) {
  static final String CONTENT_TYPE = "application/octet-stream";

  PutObjectRequest put(BlobKey key, Blob blob) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(folder + key.value())
            .ifNoneMatch("*")
            .contentType(CONTENT_TYPE)
            .checksumSHA256(base64(blob));
    if (lock != null) {
      lock.apply(put);
    }
    return put.build();
  }

  HeadObjectRequest head(BlobKey key) {
    return HeadObjectRequest.builder()
        .bucket(bucket)
        .key(folder + key.value())
        .checksumMode(ChecksumMode.ENABLED)
        .build();
  }

  GetObjectRequest get(BlobKey key) {
    return GetObjectRequest.builder().bucket(bucket).key(folder + key.value()).build();
  }

  DeleteObjectRequest delete(BlobKey key) {
    return DeleteObjectRequest.builder().bucket(bucket).key(folder + key.value()).build();
  }

  ListObjectsV2Request list(String prefix, String startAfter) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(folder + prefix)
            .maxKeys(BackupStore.PAGE);
    return startAfter.isEmpty() ? request.build() : request.startAfter(folder + startAfter).build();
  }

  /** The checksum as S3 writes it. */
  static String base64(Blob blob) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(blob.sha256()));
  }
}
