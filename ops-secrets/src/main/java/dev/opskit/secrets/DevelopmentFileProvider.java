package dev.opskit.secrets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets out of one file, for a developer's machine: {@code {"orders/database": {"username": "…",
 * "password": "…"}, "orders/key": "…"}}. A string is a value as it is; of an object the JSON text
 * is the value. The file must be readable for its owner only (mode 0600), who is the user of the
 * process. It is read at each fetch, so that an edit is seen. Thread-safe; nothing to close.
 *
 * <p>It refuses to be made where Kubernetes, ECS, Fargate or Lambda run the process: a file that is
 * built into an image is how secrets get lost.
 */
public final class DevelopmentFileProvider implements SecretProvider {
  private static final Logger logger = LoggerFactory.getLogger(DevelopmentFileProvider.class);

  private final Path file;
  private final FileGuard guard = new FileGuard(ProcessUser.uid());
  private final ContentVersion contentVersion = new ContentVersion();

  private DevelopmentFileProvider(Path file) {
    this.file = file;
  }

  /**
   * A provider for development.
   *
   * @param file the secrets; looked at by the first fetch
   * @return the provider
   * @throws IllegalStateException if the process runs in a cluster; names the environment variable
   *     that tells
   */
  public static DevelopmentFileProvider of(Path file) {
    return of(file, System::getenv);
  }

  static DevelopmentFileProvider of(Path file, UnaryOperator<@Nullable String> environment) {
    Optional<String> marker = ClusterMarkers.first(environment);
    if (marker.isPresent()) {
      throw new IllegalStateException(
          "secrets for development are not read in a cluster, and "
              + marker.get()
              + " is set: mount a volume or use a store, or use evenInACluster");
    }
    return new DevelopmentFileProvider(file);
  }

  /**
   * The same wherever the process runs, which is warned of.
   *
   * @param file the secrets; looked at by the first fetch
   * @return the provider
   */
  public static DevelopmentFileProvider evenInACluster(Path file) {
    logger.warn("secrets for development are read from {} wherever this runs", file);
    return new DevelopmentFileProvider(file);
  }

  @Override
  public SecretValue fetch(SecretRef ref) {
    if (ref.stage() != SecretStage.CURRENT) {
      throw new SecretException.NotFound(ref, "the file has no other stage than CURRENT");
    }
    byte[] content = null;
    try {
      guard.requirePrivate(ref, file);
      content = Files.readAllBytes(file);
      byte[] value = SecretsInJson.find(ref, content);
      String version = contentVersion.of(Files.getLastModifiedTime(file), value);
      return SecretValue.take(ref, version, value);
    } catch (NoSuchFileException e) {
      throw new SecretException.NotFound(ref, "there is no file " + file);
    } catch (AccessDeniedException e) {
      throw new SecretException.AccessDenied(ref, "this process may not read " + file);
    } catch (IOException e) {
      throw new SecretException.Unavailable(ref, "reading " + file + " failed");
    } finally {
      if (content != null) {
        Arrays.fill(content, (byte) 0);
      }
    }
  }
}
