package dev.opskit.verification.integration.backup;

import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server as a process of its own: one for all tests, ended with this JVM. */
final class S3Mock {
  static final String BUCKET = "backups";

  private static final int START_SECONDS = 180;
  private static @Nullable S3Mock running;

  private final S3Client client;

  private S3Mock(Path jar) throws IOException, InterruptedException {
    int port = freePort();
    // It keeps its objects there, 16 MiB each at most, and more than its own limit allows.
    Path files = Files.createDirectories(jar.resolveSibling("s3mock-files"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + files,
                "-jar",
                jar.toString(),
                "--server.port=0",
                "--http.port=" + port,
                "--com.adobe.testing.s3mock.max-payload-size=64MB")
            .redirectErrorStream(true)
            .redirectOutput(jar.resolveSibling("s3mock.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    client = client(URI.create("http://127.0.0.1:" + port));
    awaitBucket(process);
  }

  static synchronized S3Mock shared() {
    if (running == null) {
      Path jar = Path.of(System.getProperty("s3mock.jar", "s3mock.jar"));
      if (!Files.isReadable(jar)) {
        RealParts.missing("s3", jar + " is not there; build with Maven, which copies it");
      }
      try {
        running = new S3Mock(jar);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return running;
  }

  S3Client client() {
    return client;
  }

  /** A folder of the bucket in which nothing is. */
  static String freshPrefix() {
    return "test/" + UUID.randomUUID();
  }

  private void awaitBucket(Process process) throws InterruptedException {
    for (int i = 0; i < 10 * START_SECONDS && process.isAlive(); i++) {
      try {
        client.createBucket(b -> b.bucket(BUCKET));
        return;
      } catch (SdkException notYet) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("S3Mock did not start, see s3mock.log in the build folder");
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .forcePathStyle(true)
        .httpClient(new OnePutAtATime(UrlConnectionHttpClient.create()))
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
