package dev.opskit.testkit.example;

import dev.opskit.secrets.SecretProvider;
import dev.opskit.testkit.secrets.SecretProviderContract;

class VaultProviderTest implements SecretProviderContract {
  private final Vault vault = new Vault();

  @Override
  public SecretProvider provider() {
    return new VaultProvider(vault);
  }

  @Override
  public void put(String id, byte[] value) {
    vault.write(id, value);
  }

  @Override
  public void remove(String id) {
    vault.delete(id);
  }
}
