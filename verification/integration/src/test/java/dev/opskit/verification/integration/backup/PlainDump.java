package dev.opskit.verification.integration.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * What is done without this library: {@code pg_dump -Fc} into a file, or piped to S3 in parts of 8
 * MiB, of which one is sent while the next is read, as {@code aws s3 cp -} does.
 */
record PlainDump(Shop shop, String database) {
  private static final int PART_BYTES = 8 << 20;

  long intoFile(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("plain-" + UUID.randomUUID() + ".dump");
    Process pgDump = start();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        InputStream in = pgDump.getInputStream()) {
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        channel.write(ByteBuffer.wrap(buffer, 0, count));
      }
      channel.force(true);
    }
    requireSuccess(pgDump);
    long size = Files.size(file);
    Files.delete(file);
    return size;
  }

  long intoS3(S3Client client, String bucket, String key) throws IOException, InterruptedException {
    Process pgDump = start();
    String upload = client.createMultipartUpload(b -> b.bucket(bucket).key(key)).uploadId();
    ExecutorService sender = Executors.newSingleThreadExecutor();
    List<CompletedPart> parts = new ArrayList<>();
    try (InputStream in = pgDump.getInputStream()) {
      Future<CompletedPart> sending = null;
      int number = 1;
      for (byte[] part = in.readNBytes(PART_BYTES);
          part.length > 0;
          part = in.readNBytes(PART_BYTES)) {
        byte[] bytes = part;
        int n = number++;
        if (sending != null) {
          parts.add(sending.get());
        }
        sending =
            sender.submit(
                () -> {
                  String etag =
                      client
                          .uploadPart(
                              b -> b.bucket(bucket).key(key).uploadId(upload).partNumber(n),
                              RequestBody.fromBytes(bytes))
                          .eTag();
                  return CompletedPart.builder().partNumber(n).eTag(etag).build();
                });
      }
      if (sending != null) {
        parts.add(sending.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e);
    } finally {
      sender.shutdownNow();
    }
    requireSuccess(pgDump);
    client.completeMultipartUpload(
        b -> b.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)));
    return client.headObject(b -> b.bucket(bucket).key(key)).contentLength();
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Tools.pgDump().toString(), "-Fc", "-h", "127.0.0.1", "-d", database, "--no-password");
    builder.environment().put("PGPORT", Integer.toString(shop.postgres().port()));
    builder.environment().put("PGUSER", shop.postgres().user());
    builder.environment().put("PGPASSWORD", shop.postgres().password());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void requireSuccess(Process pgDump) throws IOException, InterruptedException {
    if (pgDump.waitFor() != 0) {
      throw new IOException("pg_dump ended with status " + pgDump.exitValue());
    }
  }
}
