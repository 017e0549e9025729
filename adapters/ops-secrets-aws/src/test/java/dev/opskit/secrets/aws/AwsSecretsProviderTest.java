package dev.opskit.secrets.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretStage;
import dev.opskit.secrets.SecretValue;
import dev.opskit.testkit.secrets.SecretProviderContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class AwsSecretsProviderTest implements SecretProviderContract {
  private final FakeSecretsManager aws = new FakeSecretsManager();
  private final SecretsManagerClient client = Clients.of(aws.endpoint());
  private final AwsSecretsProvider provider = AwsSecretsProvider.of(client);

  AwsSecretsProviderTest() throws IOException {}

  @AfterEach
  void everyRequestWasAsTheProtocolWantsIt() {
    client.close();
    aws.close();
    assertEquals(List.of(), aws.complaints);
  }

  @Override
  public SecretProvider provider() {
    return provider;
  }

  @Override
  public void put(String id, byte[] value) {
    aws.vault.put(id, value);
  }

  @Override
  public void remove(String id) {
    aws.vault.remove(id);
  }

  @Test
  void eachStageIsAskedForByItsLabel() {
    aws.vault.put("orders/database", utf8("the one before"));
    String current = aws.vault.put("orders/database", utf8("the current one"));
    aws.vault.put("orders/database", "AWSPENDING", utf8("the next one"));

    assertTrue(fetch(SecretStage.CURRENT).matches("the current one"));
    assertTrue(fetch(SecretStage.PENDING).matches("the next one"));
    assertTrue(fetch(SecretStage.PREVIOUS).matches("the one before"));
    assertEquals(current, fetch(SecretStage.CURRENT).version());
  }

  @Test
  void binarySecretsComeAsTheirBytes() {
    byte[] binary = {0, (byte) 0xFF, 10, (byte) 0xC3};
    aws.vault.put("orders/database", binary);
    assertArrayEquals(binary, fetch(SecretStage.CURRENT).withBytes(byte[]::clone));
  }

  @Test
  void aSecretThatWaitsForItsDeletionIsNotFound() {
    aws.vault.put("orders/database", utf8("hunter2hunter2"));
    aws.vault.markForDeletion("orders/database");
    assertThrows(SecretException.NotFound.class, () -> fetch(SecretStage.CURRENT));
  }

  @Test
  void theClientStaysTheHostsToClose() throws IOException {
    aws.vault.put("orders/database", utf8("hunter2hunter2"));
    fetch(SecretStage.CURRENT).close();
    assertTrue(
        client
            .getSecretValue(r -> r.secretId("orders/database").versionStage("AWSCURRENT"))
            .secretString()
            .equals("hunter2hunter2"));
  }

  private SecretValue fetch(SecretStage stage) {
    return provider.fetch(new SecretRef("orders/database", stage));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
