package dev.opskit.testkit.example;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;

record VaultProvider(Vault vault) implements SecretProvider {
  @Override
  public SecretValue fetch(SecretRef ref) {
    if (!ref.stage().equals(SecretStage.CURRENT)) {
      throw new SecretException.NotFound(ref, "the vault keeps current values only");
    }
    Vault.Entry entry = vault.read(ref.id());
    if (entry == null) {
      throw new SecretException.NotFound(ref, "the vault has no such entry");
    }
    return SecretValue.take(ref, entry.version(), entry.bytes());
  }
}
