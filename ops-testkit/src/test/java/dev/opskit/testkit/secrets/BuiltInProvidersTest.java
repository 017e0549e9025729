package dev.opskit.testkit.secrets;

import dev.opskit.core.json.JsonWriter;
import dev.opskit.secrets.DevelopmentFileProvider;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretProviders;
import dev.opskit.secrets.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain keeps the contract wherever in it a secret is, and so does a file for development. */
class BuiltInProvidersTest {
  abstract static class Chained implements SecretProviderContract {
    final InMemorySecretProvider first = new InMemorySecretProvider();
    final InMemorySecretProvider second = new InMemorySecretProvider();
    private final SecretProvider chain = SecretProviders.chain(first, second);

    abstract InMemorySecretProvider home();

    @Override
    public SecretProvider provider() {
      return chain;
    }

    @Override
    public void put(String id, byte[] value) {
      home().put(SecretRef.of(id), value);
    }

    @Override
    public void remove(String id) {
      home().remove(id);
    }

    @Override
    public boolean throttle() {
      home().nextIsThrottled(null);
      return true;
    }
  }

  @Nested
  class InTheFirstOfAChain extends Chained {
    @Override
    InMemorySecretProvider home() {
      return first;
    }
  }

  @Nested
  class InTheSecondOfAChain extends Chained {
    @Override
    InMemorySecretProvider home() {
      return second;
    }
  }

  @Nested
  class InAFileForDevelopment implements SecretProviderContract {
    private final Map<String, String> secrets = new TreeMap<>();

    private DevelopmentFileProvider provider;

    @TempDir Path folder;

    @BeforeEach
    void make() {
      provider = DevelopmentFileProvider.evenInACluster(file());
    }

    @Override
    public SecretProvider provider() {
      return provider;
    }

    @Override
    @Test
    @Disabled("a file of JSON holds text alone")
    public void bytesComeBackAsTheyWerePut() {}

    @Override
    public void put(String id, byte[] value) throws IOException {
      secrets.put(id, new String(value, StandardCharsets.UTF_8));
      write();
    }

    @Override
    public void remove(String id) throws IOException {
      secrets.remove(id);
      write();
    }

    private Path file() {
      return folder.resolve("secrets.json");
    }

    private void write() throws IOException {
      JsonWriter json = new JsonWriter().beginObject();
      secrets.forEach((id, value) -> json.name(id).value(value));
      Path complete =
          Files.createTempFile(
              folder,
              "secrets",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(complete, json.endObject().toByteArray());
      Files.move(complete, file(), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
