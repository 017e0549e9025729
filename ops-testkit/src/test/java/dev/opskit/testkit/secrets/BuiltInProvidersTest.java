package dev.opskit.testkit.secrets;

import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretProviders;
import dev.opskit.secrets.SecretRef;
import org.junit.jupiter.api.Nested;

/** A chain keeps the contract wherever in it a secret is. */
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
}
